package quantum.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.Setting;
import quantum.simulator.Side;
import quantum.simulator.Treatment;
import quantum.simulator.spot.AdvancedOrder;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotMarket;
import quantum.simulator.spot.SpotRefused;
import quantum.simulator.spot.SpotTerms;
import quantum.simulator.spot.SpotType;

/** What happens on an account of coins without us: the owner's hand with coins of their own, and the exchange itself. */
final class SpotHands {

    private static final String ROOT = "/exchange/v1/private/";
    private static final String CREATE = ROOT + "create-order";
    private static final String CREATE_OCO = ROOT + "advanced/create-oco";
    private static final long SERVICE_DOWN_NANOS = 8_000_000_000L;
    private static final Fault.Answer NOTHING = new Fault.Answer(200, 0, "", null);
    private static final BigDecimal WORTH = new BigDecimal("150");
    private static final BigDecimal FAR_BELOW = new BigDecimal("0.8");

    /** Why the exchange may take no pair for a while; none of them says anything of those that rest. */
    private static final List<Fault.Answer> REASONS = List.of(
            new Fault.Answer(503, 0, "", "<html>Service Unavailable</html>"),
            new Fault.Answer(500, 50001, "ERR_INTERNAL", null),
            new Fault.Answer(429, 42901, "RATE_LIMIT", null),
            new Fault.Answer(400, 318, "EXCEEDS_MAX_ALLOWED_ORDERS", null),
            new Fault.Answer(500, 306, "INSUFFICIENT_AVAILABLE_BALANCE", null),
            new Fault.Answer(400, 50007, "INVALID_TRIGGER", null),
            new Fault.Answer(400, 224, "ENTRY_DENIED", null),
            new Fault.Answer(408, 40801, "REQUEST_TIMEOUT", null));

    private final SpotExchange exchange;
    private final SpotBooks books;
    private int orders;

    SpotHands(SpotExchange exchange, SpotBooks books) {
        this.exchange = exchange;
        this.books = books;
    }

    /** True if there was something to do it to. */
    boolean act(Workload.Step step) {
        try {
            return done(step);
        } catch (SpotRefused _) {
            // A hand is refused like anybody.
            return false;
        }
    }

    private boolean done(Workload.Step step) {
        return switch (step.kind()) {
            case PARTIAL_THEN_EXPIRE -> once(FaultKind.PARTIAL_THEN_EXPIRE, CREATE);
            case REJECTED_AT_TRIGGER -> once(FaultKind.REJECTED_AT_TRIGGER, CREATE_OCO);
            case UNFILLED_AT_TRIGGER -> once(FaultKind.UNFILLED_AT_TRIGGER, CREATE_OCO);
            case TRIGGERS_SLOWLY -> set(Setting.SPOT_TRIGGER_DELAY_MILLIS, 15_000);
            case TRIGGERS_AGAIN -> set(Setting.SPOT_TRIGGER_DELAY_MILLIS, 10);
            case ALGO_SERVICE_DOWN ->
                meet(ROOT + "advanced/*", SERVICE_DOWN_NANOS, FaultKind.HTTP, REASONS.getFirst(), 0);
            case STOPS_REFUSED ->
                meet(
                        CREATE_OCO,
                        millis(step) * 1_000_000L,
                        FaultKind.HTTP,
                        REASONS.get(Integer.parseInt(step.fields().getOrDefault("reason", "0"))),
                        0);
            case STOPS_LATE -> meet(CREATE_OCO, SERVICE_DOWN_NANOS, FaultKind.DELAY, NOTHING, millis(step));
            case BALANCES_FROZEN -> set(Setting.SPOT_BALANCES_FROZEN, 1);
            case BALANCES_THAWED -> set(Setting.SPOT_BALANCES_FROZEN, 0);
            case BOOK_SHALLOW -> deepen(books.market(step.symbol()), step.fields());
            case BOOK_DEEP -> {
                books.market(step.symbol()).deepen(BigDecimal.ZERO, 1, 1);
                yield true;
            }
            case COINS_BOUGHT -> trade(step.symbol(), Side.BUY, quantity(step.symbol(), WORTH));
            case COINS_SOLD -> sell(step);
            case COINS_LOCKED -> lock(step.symbol());
            case COINS_UNLOCKED -> unlock();
            case HAND_CANCEL -> cancel(step.symbol());
            default -> throw new IllegalArgumentException("not done by hand: " + step);
        };
    }

    private static long millis(Workload.Step step) {
        return Long.parseLong(step.fields().getOrDefault("millis", "1"));
    }

    private boolean set(Setting setting, long value) {
        exchange.simulator().settings().set(setting, value);
        return true;
    }

    /** The next order of a kind meets a fault. */
    private boolean once(FaultKind kind, String path) {
        add(path, new Fault.Life(0, 1, exchange.simulator().now(), Long.MAX_VALUE), kind, NOTHING, 0);
        return true;
    }

    private boolean meet(String path, long nanos, FaultKind kind, Fault.Answer answer, long millis) {
        long now = exchange.simulator().now();
        add(path, new Fault.Life(0, Fault.Life.STANDING, now, now + nanos), kind, answer, millis);
        return true;
    }

    private void add(String path, Fault.Life life, FaultKind kind, Fault.Answer answer, long millis) {
        exchange.simulator()
                .faults()
                .add(new Fault(
                        new Fault.Match("POST", path, null),
                        life,
                        List.of(new Fault.Effect(kind, answer, millis, null))));
    }

    private BigDecimal quantity(String symbol, BigDecimal worth) {
        SpotMarket market = books.market(symbol);
        BigDecimal step = market.instrument().quantityTick();
        return worth.divide(market.last().multiply(step), 0, RoundingMode.UP).multiply(step);
    }

    private boolean deepen(SpotMarket market, Map<String, String> how) {
        BigDecimal worth = new BigDecimal(how.getOrDefault("worth", "100"));
        market.deepen(quantity(market.instrument().symbol(), worth), 2, 3);
        return true;
    }

    private SpotTerms terms(String symbol, Side side, SpotType type, BigDecimal quantity) {
        orders++;
        return new SpotTerms(
                "web_hand" + orders,
                books.instrument(symbol),
                side,
                type,
                SpotTerms.Size.of(quantity),
                null,
                SpotTerms.Handling.PLAIN,
                "");
    }

    private boolean trade(String symbol, Side side, BigDecimal quantity) {
        if (quantity.signum() <= 0) {
            return false;
        }
        var _ = exchange.matching()
                .place(books.account(), terms(symbol, side, SpotType.MARKET, quantity), Treatment.NORMAL);
        return true;
    }

    /** Half of what is theirs, or most of everything, ours too. */
    private boolean sell(Workload.Step step) {
        String symbol = step.symbol();
        BigDecimal there = books.account().amount(books.instrument(symbol).base());
        BigDecimal some = step.fields().containsKey("own")
                ? books.savings(symbol).multiply(new BigDecimal("0.5"))
                : there.multiply(new BigDecimal("0.7"));
        BigDecimal tick = books.instrument(symbol).quantityTick();
        return trade(symbol, Side.SELL, some.divideToIntegralValue(tick).multiply(tick));
    }

    /** A stop of theirs far below, for all coins: ours finds none left beside it and is rejected after it was taken. */
    private boolean lock(String symbol) {
        var instrument = books.instrument(symbol);
        BigDecimal all = books.account()
                .amount(instrument.base())
                .divideToIntegralValue(instrument.quantityTick())
                .multiply(instrument.quantityTick());
        if (all.signum() <= 0) {
            return false;
        }
        BigDecimal level =
                books.market(symbol).mark().multiply(FAR_BELOW).setScale(instrument.priceDecimals(), RoundingMode.DOWN);
        var draft = new AdvancedOrder.Draft(
                terms(symbol, Side.SELL, SpotType.STOP_LOSS, all), level, AdvancedOrder.Reference.MARK_PRICE);
        var _ = exchange.advanced().place(books.account(), draft, Treatment.NORMAL);
        return true;
    }

    boolean unlock() {
        boolean any = false;
        for (AdvancedOrder order : books.account().openAdvanced()) {
            if (!SpotBooks.isOurs(order.terms().clientId())) {
                exchange.advanced().cancel(books.account(), order);
                any = true;
            }
        }
        return any;
    }

    private boolean cancel(String symbol) {
        AdvancedOrder leg = books.account().openAdvanced().stream()
                .filter(order -> order.terms().instrument().symbol().equals(symbol))
                .findFirst()
                .orElse(null);
        if (leg != null) {
            exchange.advanced().cancel(books.account(), leg);
        }
        return leg != null;
    }
}
