package quantum.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.ForcedClose;
import quantum.simulator.NewOrder;
import quantum.simulator.OrderType;
import quantum.simulator.Position;
import quantum.simulator.PositionSide;
import quantum.simulator.Refused;
import quantum.simulator.Setting;
import quantum.simulator.Side;
import quantum.simulator.Simulator;
import quantum.simulator.TimeInForce;
import quantum.simulator.Treatment;

/** What happens on the account without us: the customer's hand on the exchange's page, and the exchange itself. */
final class Hands {

    private static final String ALGO_ORDER = "/fapi/v1/algoOrder";
    private static final long SERVICE_DOWN_NANOS = 8_000_000_000L;

    private static final Fault.Answer NOTHING = new Fault.Answer(200, 0, "", null);

    /** Why the exchange may take no conditional order for a while; each is another way for the desk to wait. */
    static final List<Fault.Answer> REASONS = List.of(
            new Fault.Answer(503, 0, "", "{\"msg\":\"Service Unavailable.\"}"),
            new Fault.Answer(503, -1001, "Internal error; unable to process your request. Please try again.", null),
            new Fault.Answer(503, -1008, "Request throttled by system-level protection.", null),
            new Fault.Answer(429, -1015, "Too many new orders.", null),
            new Fault.Answer(400, -4088, "User can not place order currently.", null),
            new Fault.Answer(400, -2019, "Margin is insufficient.", null),
            new Fault.Answer(400, -4400, "Futures Trading Quantitative Rules violated.", null),
            new Fault.Answer(408, -1007, "Timeout waiting for response from backend server.", null));

    private final Simulator exchange;
    private final OtherOrders others;
    private int orders;
    private boolean acting;

    Hands(Simulator exchange) {
        this.exchange = exchange;
        others = new OtherOrders(exchange);
    }

    private Account account() {
        return exchange.accounts().iterator().next();
    }

    /** True if there was something to do it to. */
    boolean act(Workload.Step step) {
        acting = true;
        try {
            return done(step);
        } finally {
            acting = false;
        }
    }

    /** True while what happens is their doing. */
    boolean areActing() {
        return acting;
    }

    private boolean done(Workload.Step step) {
        Position position = held(step.symbol());
        try {
            return switch (step.kind()) {
                case PARTIAL_THEN_EXPIRE -> meet(FaultKind.PARTIAL_THEN_EXPIRE, "/fapi/v1/order");
                case REJECTED_AT_TRIGGER -> meet(FaultKind.REJECTED_AT_TRIGGER, ALGO_ORDER);
                case UNFILLED_AT_TRIGGER -> meet(FaultKind.UNFILLED_AT_TRIGGER, ALGO_ORDER);
                case TRIGGERS_SLOWLY -> delayTriggers(15_000);
                case TRIGGERS_AGAIN -> delayTriggers(10);
                case ALGO_SERVICE_DOWN -> closeAlgoService();
                case STOPS_REFUSED -> refuseStops(step);
                case STOPS_LATE -> delayStops(Long.parseLong(step.fields().getOrDefault("millis", "1")));
                case OTHER_STOP -> position != null && others.close(position, OrderType.STOP_MARKET);
                case OTHER_TARGET -> position != null && others.close(position, OrderType.TAKE_PROFIT_MARKET);
                case OTHER_TAKE -> position != null && others.take(position);
                case OTHER_ENTRY ->
                    others.enter(
                            step.symbol(), step.number() % 2 == 0, account().hedged());
                case UNANNOUNCED -> others.buyUnannounced(account().hedged());
                case OTHERS_TAKEN_OFF -> others.takeOff(step.fields().containsKey("stops"));
                case FUNDING -> fund(step.symbol());
                case HAND_CANCEL -> cancel(step.symbol());
                case HAND_CLOSE -> position != null && trade(position, BigDecimal.ONE);
                case HAND_REDUCE -> position != null && trade(position, new BigDecimal("0.5"));
                case LIQUIDATION -> position != null && force(position, ForcedClose.LIQUIDATION);
                case DELEVERAGING -> position != null && force(position, ForcedClose.ADL);
                case INTENT,
                        REPEAT,
                        PAUSE,
                        RESUME,
                        FLATTEN,
                        FLATTEN_SYMBOL,
                        CLEAR_BREAKER,
                        COINS_BOUGHT,
                        COINS_SOLD,
                        COINS_LOCKED,
                        COINS_UNLOCKED,
                        BOOK_SHALLOW,
                        BOOK_DEEP,
                        BALANCES_FROZEN,
                        BALANCES_THAWED -> throw new IllegalArgumentException("not done by hand: " + step);
            };
        } catch (Refused _) {
            // A hand is refused like anybody: its order was in the way of another.
            return false;
        }
    }

    private @Nullable Position held(String symbol) {
        return account().positions().in(symbol).stream()
                .filter(position -> !position.flat())
                .findFirst()
                .orElse(null);
    }

    /** The next order of a kind meets a fault. */
    private boolean meet(FaultKind kind, String path) {
        exchange.faults()
                .add(new Fault(
                        new Fault.Match("POST", path, null),
                        new Fault.Life(0, 1, exchange.now(), Long.MAX_VALUE),
                        List.of(new Fault.Effect(kind, new Fault.Answer(200, 0, "", null), 0, null))));
        return true;
    }

    private boolean delayTriggers(long millis) {
        exchange.settings().set(Setting.ALGO_DELAY_MILLIS, millis);
        return true;
    }

    private boolean closeAlgoService() {
        exchange.faults()
                .add(new Fault(
                        new Fault.Match("*", ALGO_ORDER, null),
                        new Fault.Life(0, Fault.Life.STANDING, exchange.now(), exchange.now() + SERVICE_DOWN_NANOS),
                        List.of(new Fault.Effect(
                                FaultKind.HTTP, new Fault.Answer(503, 0, "", "Service Unavailable."), 0, null))));
        return true;
    }

    /** For a while no conditional order is taken, for a reason that says nothing of those that rest. */
    private boolean refuseStops(Workload.Step step) {
        long lasts = Long.parseLong(step.fields().getOrDefault("millis", "1")) * 1_000_000L;
        var answer = REASONS.get(Integer.parseInt(step.fields().getOrDefault("reason", "0")));
        exchange.faults()
                .add(new Fault(
                        new Fault.Match("POST", ALGO_ORDER, null),
                        new Fault.Life(0, Fault.Life.STANDING, exchange.now(), exchange.now() + lasts),
                        List.of(new Fault.Effect(FaultKind.HTTP, answer, 0, null))));
        return true;
    }

    private boolean delayStops(long millis) {
        exchange.faults()
                .add(new Fault(
                        new Fault.Match("POST", ALGO_ORDER, null),
                        new Fault.Life(0, Fault.Life.STANDING, exchange.now(), exchange.now() + SERVICE_DOWN_NANOS),
                        List.of(new Fault.Effect(FaultKind.DELAY, NOTHING, millis, null))));
        return true;
    }

    private boolean fund(String symbol) {
        exchange.funding().settle(exchange.prices().market(symbol));
        return true;
    }

    private boolean cancel(String symbol) {
        List<AlgoOrder> open = account().algos().open(symbol);
        if (!open.isEmpty()) {
            exchange.conditionals().cancel(account(), open.getFirst());
        }
        return !open.isEmpty();
    }

    private boolean trade(Position position, BigDecimal share) {
        BigDecimal held = position.amount().abs();
        BigDecimal quantity = held.multiply(share).setScale(held.scale(), RoundingMode.UP);
        boolean net = position.side() == PositionSide.BOTH;
        Side side = position.amount().signum() > 0 ? Side.SELL : Side.BUY;
        orders++;
        exchange.matching()
                .place(
                        account(),
                        new NewOrder(
                                "web_hand" + orders,
                                position.symbol(),
                                side,
                                position.side(),
                                OrderType.MARKET,
                                TimeInForce.GTC,
                                quantity,
                                null,
                                net,
                                0),
                        Treatment.NORMAL,
                        true);
        return true;
    }

    private boolean force(Position position, ForcedClose kind) {
        exchange.liquidation().force(account(), position, kind, null);
        return true;
    }
}
