package quantum.simulator.cryptocom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quantum.simulator.ApiKey;
import quantum.simulator.Content;
import quantum.simulator.Delivery;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.Reply;
import quantum.simulator.Setting;
import quantum.simulator.Treatment;
import quantum.simulator.cryptocom.wire.AdvancedJson;
import quantum.simulator.cryptocom.wire.BalanceJson;
import quantum.simulator.cryptocom.wire.MarketJson;
import quantum.simulator.cryptocom.wire.OrderJson;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotRefused;

/** Every method behind its limit, its proof and the faults set for it, whatever road a query comes by. */
final class Calls {

    private static final int OK = 200;

    private final SpotExchange spot;
    private final CallLimits limits;
    private final Envelope envelope;
    private final Pace pace;
    private final Map<String, Method> methods = new HashMap<>();

    Calls(SpotExchange spot, CallLimits limits, Envelope envelope, Pace pace) {
        this.spot = spot;
        this.limits = limits;
        this.envelope = envelope;
        this.pace = pace;
        var exchange = spot.simulator();
        var reader = new OrderReader(spot);
        var visibility = new Visibility(spot);
        var orders = new OrderJson(exchange);
        var advanced = new AdvancedJson(exchange);
        new MarketMethods(spot, new MarketJson(exchange)).addTo(methods);
        new AccountMethods(spot, new BalanceJson(spot)).addTo(methods);
        new OrderMethods(spot, reader, orders, visibility).addTo(methods);
        new OrderReads(spot, orders, visibility).addTo(methods);
        new AdvancedMethods(spot, reader, advanced, visibility).addTo(methods);
        new AdvancedReads(spot, advanced, visibility).addTo(methods);
    }

    SortedSet<String> routes() {
        var routes = new TreeSet<String>();
        for (var name : methods.keySet()) routes.add((isPublic(name) ? "GET " : "POST ") + Query.ROOT + name);
        return routes;
    }

    private static boolean isPublic(String method) {
        return method.startsWith("public/");
    }

    /** Answers a query by the key that the road proves. */
    Reply answer(Query query, Function<Query, ApiKey> proof) {
        var exchange = spot.simulator();
        var effects = exchange.faults().strike(query::encounter, exchange.now());
        if (effects.isEmpty()) return execute(query, proof, effects);
        var instead = first(effects, FaultKind.Stage.INSTEAD);
        var reply = instead == null ? execute(query, proof, effects) : invented(query, instead);
        var after = first(effects, FaultKind.Stage.ANSWER);
        if (instead == null && after != null) reply = spoiled(query, reply, after);
        for (var effect : effects) reply = touched(reply, effect);
        return reply;
    }

    private static Fault.@Nullable Effect first(List<Fault.Effect> effects, FaultKind.Stage stage) {
        return effects.stream()
                .filter(effect -> effect.kind().stage() == stage)
                .findFirst()
                .orElse(null);
    }

    private Reply invented(Query query, Fault.Effect effect) {
        var answer = effect.answer();
        var body = answer.body() == null ? envelope.invented(query, answer.code(), answer.message()) : answer.body();
        var reply = Reply.of(answer.status(), body);
        return effect.kind() == FaultKind.LOST_BEFORE ? reply.with(Delivery.NONE) : reply;
    }

    private Reply spoiled(Query query, Reply reply, Fault.Effect effect) {
        return switch (effect.kind()) {
            case HTTP_AFTER -> invented(query, effect);
            case LOST_AFTER -> reply.with(Delivery.NONE);
            case RESET_IN_BODY -> reply.with(Delivery.HALF);
            case TRUNCATED -> reply.with(reply.body().substring(0, reply.body().length() / 2));
            default -> throw new IllegalStateException(effect.kind() + " spoils no answer");
        };
    }

    private Reply touched(Reply reply, Fault.Effect effect) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(effect.millis());
        return switch (effect.kind()) {
            case DELAY -> reply.delayed(nanos);
            case FIELD, DROP_ELEMENT, ADD_ELEMENT -> reply.with(Content.changed(reply.body(), effect));
            case SILENCE -> {
                spot.simulator().faults().silenceUntil(spot.simulator().now() + nanos);
                yield reply;
            }
            default -> reply;
        };
    }

    private Reply execute(Query query, Function<Query, ApiKey> proof, List<Fault.Effect> effects) {
        long delay = 0;
        try {
            checkId(query);
            var method = method(query);
            var key = isPublic(query.method()) ? null : proof.apply(query);
            limits.count(key == null ? query.address() : key.text(), query.method(), method.limit());
            if (key != null && method.writes() && !key.trading()) throw new CryptoComError(Code.UNAUTHORIZED);
            if (method.writes()) delay = pace.begin();
            var result = method.answer().apply(call(query, key, effects));
            return Reply.of(OK, envelope.of(query, result)).delayed(delay);
        } catch (CryptoComError error) {
            return Reply.of(status(error.code()), envelope.of(query, error)).delayed(delay);
        } catch (SpotRefused refused) {
            var error = CryptoComError.of(refused, "");
            return Reply.of(error.code().status(), envelope.of(query, error)).delayed(delay);
        } finally {
            pace.end();
        }
    }

    private int status(Code code) {
        var settings = spot.simulator().settings();
        return switch (code) {
            case API_DISABLED -> (int) settings.get(Setting.SPOT_DISABLED_STATUS);
            case NOT_FOUND -> (int) settings.get(Setting.SPOT_NOT_FOUND_STATUS);
            default -> code.status();
        };
    }

    private void checkId(Query query) {
        var id = query.body().path("id");
        if (query.road() == Query.Road.GET) return;
        var refused = spot.simulator().settings().on(Setting.SPOT_TEXT_ID_REFUSED) && id.isString();
        if (refused || query.id() == null || id.isMissingNode()) throw new CryptoComError(Code.BAD_REQUEST);
    }

    /** Public methods are read with GET, private ones sent with POST; the advanced reads are not on the socket. */
    private Method method(Query query) {
        if (isPublic(query.method()) && query.road() == Query.Road.POST) throw new CryptoComError(Code.ERR_INTERNAL);
        if (!isPublic(query.method()) && query.road() == Query.Road.GET) {
            throw new CryptoComError(Code.INVALID_REQUEST);
        }
        var method = methods.get(query.method());
        var absent = query.road() == Query.Road.MARKET_SOCKET
                || (query.road() == Query.Road.USER_SOCKET
                        && (isPublic(query.method()) || AdvancedReads.read(query.method())));
        if (method == null || absent) throw new CryptoComError(Code.METHOD_NOT_FOUND);
        return method;
    }

    private Call call(Query query, @Nullable ApiKey key, List<Fault.Effect> effects) {
        var account = key == null ? null : spot.account(key.account());
        var order = first(effects, FaultKind.Stage.ORDER);
        var treatment = order == null
                ? Treatment.NORMAL
                : Treatment.valueOf(order.kind().name());
        long stale = effects.stream()
                .filter(effect -> effect.kind() == FaultKind.STALE)
                .mapToLong(Fault.Effect::millis)
                .sum();
        var params = new Params(query.params(), query.road() == Query.Road.GET);
        return new Call(query, params, account, treatment, TimeUnit.MILLISECONDS.toNanos(stale));
    }
}
