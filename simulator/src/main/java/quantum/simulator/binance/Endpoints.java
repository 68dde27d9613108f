package quantum.simulator.binance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.ApiKey;
import quantum.simulator.Content;
import quantum.simulator.Delivery;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.Json;
import quantum.simulator.Refused;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import quantum.simulator.Treatment;
import tools.jackson.databind.JsonNode;

/** Every endpoint behind its limits, its authentication and the faults set for it, whatever envelope asks. */
final class Endpoints {

    private static final int OK = 200;

    private final Simulator exchange;
    private final Authentication authentication;
    private final RateLimits limits;
    private final Map<String, Route> routes = new HashMap<>();

    Endpoints(Simulator exchange, Authentication authentication, RateLimits limits, ListenKeys listenKeys) {
        this.exchange = exchange;
        this.authentication = authentication;
        this.limits = limits;
        new MarketEndpoints(exchange).addTo(routes);
        new AccountEndpoints(exchange).addTo(routes);
        new PositionEndpoints(exchange).addTo(routes);
        new MarginEndpoints(exchange).addTo(routes);
        new ChoiceEndpoints(exchange).addTo(routes);
        new IncomeEndpoints(exchange).addTo(routes);
        new OrderEndpoints(exchange).addTo(routes);
        new AlgoEndpoints(exchange).addTo(routes);
        listenKeys.addTo(routes);
        new Countdowns(exchange).addTo(routes);
        limits.addTo(routes);
        ApiMethods.addTo(routes, authentication);
    }

    /** Method and path of every request, and the methods of the WebSocket API. */
    SortedSet<String> routes() {
        var names = new TreeSet<>(routes.keySet());
        names.addAll(ApiMethods.names(routes.keySet()));
        return names;
    }

    Outcome answer(Inquiry inquiry) {
        var effects = exchange.faults().strike(inquiry::encounter, exchange.now());
        if (effects.isEmpty()) return execute(inquiry, Treatment.NORMAL);
        var instead = first(effects, FaultKind.Stage.INSTEAD);
        var outcome = instead == null ? executeAsOf(inquiry, effects) : invented(instead, limits.usage());
        var after = first(effects, FaultKind.Stage.ANSWER);
        if (instead == null && after != null) outcome = spoiled(outcome, after);
        for (var effect : effects) outcome = touched(outcome, effect);
        return outcome;
    }

    private static Fault.@Nullable Effect first(List<Fault.Effect> effects, FaultKind.Stage stage) {
        return effects.stream()
                .filter(effect -> effect.kind().stage() == stage)
                .findFirst()
                .orElse(null);
    }

    private static Treatment treatment(List<Fault.Effect> effects) {
        var order = first(effects, FaultKind.Stage.ORDER);
        if (order == null) return Treatment.NORMAL;
        return Treatment.valueOf(order.kind().name());
    }

    private static Outcome invented(Fault.Effect effect, Usage usage) {
        var answer = new Outcome(effect.answer().status(), effect.answer().text(), usage);
        return effect.kind() == FaultKind.LOST_BEFORE ? answer.with(Delivery.NONE) : answer;
    }

    private static Outcome spoiled(Outcome outcome, Fault.Effect effect) {
        return switch (effect.kind()) {
            case HTTP_AFTER -> invented(effect, outcome.usage());
            case LOST_AFTER -> outcome.with(Delivery.NONE);
            case RESET_IN_BODY -> outcome.with(Delivery.HALF);
            case TRUNCATED ->
                outcome.with(
                        outcome.status(),
                        outcome.body().substring(0, outcome.body().length() / 2));
            default -> throw new IllegalStateException(effect.kind() + " spoils no answer");
        };
    }

    private Outcome touched(Outcome outcome, Fault.Effect effect) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(effect.millis());
        return switch (effect.kind()) {
            case DELAY -> outcome.delayed(nanos);
            case FIELD, DROP_ELEMENT, ADD_ELEMENT ->
                outcome.with(outcome.status(), Content.changed(outcome.body(), effect));
            case DROP_HEADER -> {
                outcome.usage()
                        .hide(effect.change() == null ? "" : effect.change().field());
                yield outcome;
            }
            case SILENCE -> {
                exchange.faults().silenceUntil(exchange.now() + nanos);
                yield outcome;
            }
            default -> outcome;
        };
    }

    /** Lists may be told as they were some time ago. */
    private Outcome executeAsOf(Inquiry inquiry, List<Fault.Effect> effects) {
        long stale = effects.stream()
                .filter(effect -> effect.kind() == FaultKind.STALE)
                .mapToLong(Fault.Effect::millis)
                .sum();
        var settings = exchange.settings();
        long positions = settings.get(Setting.POSITION_DELAY_MILLIS);
        long lists = settings.get(Setting.LIST_DELAY_MILLIS);
        settings.set(Setting.POSITION_DELAY_MILLIS, positions + stale);
        settings.set(Setting.LIST_DELAY_MILLIS, lists + stale);
        try {
            return execute(inquiry, treatment(effects));
        } finally {
            settings.set(Setting.POSITION_DELAY_MILLIS, positions);
            settings.set(Setting.LIST_DELAY_MILLIS, lists);
        }
    }

    private Outcome execute(Inquiry inquiry, Treatment treatment) {
        var usage = limits.usage();
        try {
            var route = routes.get(inquiry.route());
            limits.countRequest(inquiry.proof().address(), weight(route, inquiry.params()), usage);
            if (route == null) throw BinanceError.noSuchPath(inquiry.names().getLast());
            return new Outcome(OK, Json.text(result(route, inquiry, treatment, usage)), usage);
        } catch (BinanceError error) {
            return new Outcome(error.status(), Json.text(error.json()), usage);
        } catch (Refused refused) {
            return new Outcome(400, Json.text(BinanceError.of(refused).json()), usage);
        }
    }

    /** What has no route, or parameters that cannot be read, costs as little as anything; it is refused all the same. */
    private static int weight(@Nullable Route route, Params params) {
        try {
            return route == null ? 1 : route.weight().applyAsInt(params);
        } catch (BinanceError malformed) {
            return 1;
        }
    }

    private JsonNode result(Route route, Inquiry inquiry, Treatment treatment, Usage usage) {
        var params = inquiry.params();
        params.refuseEmpty(exchange.settings().on(Setting.EMPTY_PARAMETERS_REFUSED));
        checkKnown(params);
        var key = switch (route.security()) {
            case NONE -> null;
            case KEY -> authentication.byKey(inquiry.proof());
            case SIGNED -> permitted(authentication.bySignature(inquiry.proof(), params), inquiry);
        };
        if (key != null && route.cost().counts()) {
            limits.countOrders(key.account(), route.cost(), usage);
            authentication.atEngine(params);
        }
        return route.answer().apply(new Call(params, key, treatment));
    }

    /** What an exchange forgets of a symbol that ended (freqtrade/freqtrade#13165). */
    private void checkKnown(Params params) {
        var symbol = params.glance("symbol");
        if (symbol == null || !exchange.prices().lists(symbol)) return;
        if (exchange.forgets(exchange.prices().market(symbol))) throw new BinanceError(-1121, "Invalid symbol.");
    }

    /** A key without the right to trade may read. */
    private static ApiKey permitted(ApiKey key, Inquiry inquiry) {
        if (!key.trading() && !inquiry.route().startsWith("GET ")) throw Authentication.denied();
        return key;
    }
}
