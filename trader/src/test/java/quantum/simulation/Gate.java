package quantum.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quantum.guard.Breaker;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.position.ExistingPolicy;
import quantum.position.PositionMode;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;
import quantum.simulator.Account;
import quantum.simulator.AlgoStatus;
import quantum.simulator.Order;
import quantum.simulator.OrderType;
import quantum.simulator.Position;
import quantum.simulator.PositionSide;
import quantum.simulator.Side;
import quantum.simulator.Simulator;

/**
 * Judges every decision to open when it is made, and every request when it leaves: by the exchange's own books and by what
 * was published, never by what the desk says of itself.
 */
final class Gate {

    private static final Pattern PLACED = Pattern.compile("newClientOrderId\\W+(qo-[0-9a-f]{20})");
    /** Answers that only a breach of the exchange's rules brings (binance-usdm 9). */
    private static final Pattern BREACH = Pattern.compile(
            "\"code\":(-1013|-1022|-1102|-1106|-1111|-1115|-4003|-4004|-4005|-4014|-4061|-4120|-4164)\\b");

    private static final long MILLION = 1_000_000;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    /** The clocks of desk and exchange differ by as much as a reading of the time takes. */
    private static final long CLOCKS_MILLIS = Permits.CLOCKS_MILLIS;

    private static final long KNOWN_MILLIS = 3_000;
    private static final long LONG_MILLIS = 40_000;

    private record Opened(String id, String symbol, String side, long at) {}

    private final Setup setup;
    private final World world;
    private final Simulator exchange;
    private final Orders operator;
    private final Judge judge;
    private final Permits permits;
    private final Deque<Opened> opens = new ArrayDeque<>();
    private final Deque<Long> marginFailures = new ArrayDeque<>();
    private final Map<String, Long> cooldownUntil = new HashMap<>();
    private final Set<String> decided = new HashSet<>();
    private final Set<String> exits = new HashSet<>();
    private long safeUntil;

    Gate(Setup setup, World world, Simulator exchange, Orders operator, Judge judge) {
        this.operator = operator;
        this.setup = setup;
        this.world = world;
        this.exchange = exchange;
        this.judge = judge;
        permits = new Permits(
                world,
                operator,
                judge,
                setup.narrow() ? Setup.NARROW : setup.rules().limits());
    }

    private Account account() {
        return exchange.accounts().iterator().next();
    }

    /** A producer sent an intent, dated now. */
    void sent(String intentId, Instant date) {
        permits.sent(intentId, date);
    }

    /** A mark price reached the process. */
    void marked() {
        permits.marked();
    }

    /** The process ended; words and decisions that were not durable yet ended with it, and nothing was sent for them. */
    void died(MemoryLedger ledger) {
        operator.died(ledger);
        opens.removeIf(open -> ledger.order(open.id()) == null);
    }

    private static long millis(long nanos) {
        return nanos / MILLION;
    }

    /** The desk decided to open: its order is recorded for the first time. */
    void decided(Entry.OrderRow row) {
        if (!"OPEN".equals(row.purpose())) {
            exits.add(row.clientOrderId());
            emergency(row);
        }
        if (!"OPEN".equals(row.purpose()) || !decided.add(row.clientOrderId())) {
            return;
        }
        permits.decided(row);
        second(row);
        if (setup.narrow()) {
            narrow(row);
        }
        opens.add(new Opened(row.clientOrderId(), row.symbol(), row.side(), world.now()));
    }

    /** Another hand's stop that holds the place leaves room for ours, by quantity: that is no reason to sell. */
    private void emergency(Entry.OrderRow row) {
        if (!"EMERGENCY".equals(row.exitReason())) {
            return;
        }
        boolean refusing = exchange.faults().active(exchange.now()).stream()
                .anyMatch(fault -> fault.fault().match().path().contains("algoOrder"));
        boolean another = account().algos().open(row.symbol()).stream()
                .anyMatch(algo -> algo.status() == AlgoStatus.NEW
                        && OtherOrders.isOther(algo.terms().clientId())
                        && algo.terms().type() == OrderType.STOP_MARKET
                        && algo.terms().side().name().equals(row.side())
                        && millis(exchange.now() - algo.createdAt()) > LONG_MILLIS);
        judge.check(Law.NO_NEEDLESS_EMERGENCY, refusing || !another, row.clientOrderId() + " of " + row.symbol());
    }

    /** What has a stop of ours is known to be held, whatever one reading lacks: nothing opens anew in its place. */
    private void second(Entry.OrderRow row) {
        boolean isLong = "BUY".equals(row.side());
        boolean adds = setup.rules().existing().sameSide() == ExistingPolicy.SameSide.SCALE_IN;
        for (Position position : account().positions().in(row.symbol())) {
            boolean same = position.amount().signum() == (isLong ? 1 : -1);
            boolean concerned = setup.mode() == PositionMode.ONE_WAY || same;
            if (position.flat() || !concerned || (same && adds)) {
                continue;
            }
            boolean known = account().algos().open(row.symbol()).stream()
                    .anyMatch(algo -> algo.status() == AlgoStatus.NEW
                            && algo.terms().clientId().startsWith("qs-")
                            && algo.terms().side() == (position.amount().signum() > 0 ? Side.SELL : Side.BUY)
                            && algo.terms().positionSide() == position.side()
                            && millis(exchange.now() - algo.createdAt()) > KNOWN_MILLIS);
            judge.check(
                    Law.NO_SECOND_ENTRY,
                    !known,
                    row.clientOrderId() + " beside " + position.amount() + " " + row.symbol());
        }
    }

    private void narrow(Entry.OrderRow row) {
        String id = row.clientOrderId();
        long now = world.now();
        var limits = Setup.NARROW;
        Long last = opens.stream()
                .filter(open -> open.symbol().equals(row.symbol()))
                .map(Opened::at)
                .reduce((first, second) -> second)
                .orElse(null);
        if (last != null) {
            judge.check(
                    Law.SYMBOL_RATE_KEPT,
                    millis(now - last) + CLOCKS_MILLIS
                            >= limits.rates().symbolInterval().toMillis(),
                    id + " " + millis(now - last) + " ms after the one before");
        }
        opens.removeIf(open -> now - open.at() > MINUTE - CLOCKS_MILLIS * MILLION);
        judge.check(
                Law.OVERALL_RATE_KEPT, opens.size() < limits.rates().opensPerMinute(), id + " after " + opens.size());
        Breaker.Limit breaker = limits.rates().breaker();
        long same = opens.stream()
                .filter(open -> open.symbol().equals(row.symbol())
                        && open.side().equals(row.side())
                        && millis(now - open.at()) + CLOCKS_MILLIS
                                < breaker.window().toMillis())
                .count();
        judge.check(
                Law.BREAKER_KEPT,
                same < breaker.opens() || operator.wasCleared(row.symbol()),
                id + " after " + same + " of its side");
        judge.check(Law.SAFE_MODE_KEPT, now >= safeUntil, id + " in safe mode");
        judge.check(
                Law.COOLDOWN_KEPT,
                now >= Math.max(cooldownUntil.getOrDefault(row.symbol(), 0L), cooldownUntil.getOrDefault("", 0L)),
                id + " in a cooldown");
        judge.check(Law.LEVERAGE_KEPT, row.leverage() <= limits.exposure().maxLeverage(), id + " " + row.leverage());
        boolean isNew = account().positions().of(row.symbol(), side(row)).flat();
        if (!setup.hands() && isNew) {
            long held = account().positions().held().size();
            long opening = account().orders().open().stream()
                    .filter(order -> order.terms().clientId().startsWith("qo-")
                            && account()
                                    .positions()
                                    .of(order.terms().symbol(), order.terms().positionSide())
                                    .flat())
                    .count();
            judge.check(
                    Law.POSITIONS_KEPT,
                    held + opening < limits.exposure().maxPositions(),
                    id + " beside " + held + " held and " + opening + " being opened");
        }
    }

    private PositionSide side(Entry.OrderRow row) {
        return setup.mode() == PositionMode.ONE_WAY
                ? PositionSide.BOTH
                : "BUY".equals(row.side()) ? PositionSide.LONG : PositionSide.SHORT;
    }

    /** A notice is durable. */
    void published(Notice notice, long decidedAt) {
        if (!(notice instanceof Notice.Reported(Report.Rejected rejected, var _)) || !setup.narrow()) {
            return;
        }
        if (rejected.why() == Refusal.SYMBOL_LATCHED) {
            operator.latched(rejected.subject().symbol().name());
        }
        boolean margin = rejected.why() == Refusal.MARGIN_INSUFFICIENT || rejected.why() == Refusal.EXCHANGE_MARGIN;
        if (!margin) {
            return;
        }
        var limits = Setup.NARROW.margin();
        long now = decidedAt;
        long cool = now + limits.cooldown().toNanos() - CLOCKS_MILLIS * MILLION;
        cooldownUntil.put(rejected.subject().symbol().name(), cool);
        cooldownUntil.put("", cool);
        marginFailures.removeIf(at -> now - at > limits.failureWindow().toNanos() - CLOCKS_MILLIS * MILLION);
        marginFailures.add(now);
        if (marginFailures.size() >= limits.failuresForSafeMode()) {
            safeUntil = now + limits.safeMode().toNanos() - CLOCKS_MILLIS * MILLION;
        }
    }

    /** Whether an exit was decided and given to the ledger, which may have lost it with the process (law 5). */
    boolean hasDecidedExit(String order) {
        return exits.contains(order);
    }

    /** A request leaves the process. */
    void leaves(String text, MemoryLedger ledger) {
        boolean places = text.startsWith("POST /fapi/v1/order?") || text.contains("order.place");
        Matcher id = PLACED.matcher(text);
        if (!places || !id.find()) {
            return;
        }
        String order = id.group(1);
        Entry.OrderRow row = ledger.order(order);
        permits.leaves(order, row);
    }

    /** What the exchange answered to a request. */
    void answered(String path, int status, String body) {
        judge.check(Law.NEVER_BANNED, status != 418, path + " " + body);
        if (status >= 400) {
            judge.check(Law.RULES_KEPT, !BREACH.matcher(body).find(), path + " " + body);
            if (setup.narrow() && !setup.hands() && !path.endsWith("/algoOrder")) {
                judge.check(Law.MARGIN_ASKED_FIRST, !body.contains("\"code\":-2019"), path + " " + body);
            }
        }
    }

    /** An order arrived at the exchange; what closes may not enlarge or turn a position. */
    static boolean isExit(Order order) {
        String id = order.terms().clientId();
        return id.startsWith("qc-") || id.startsWith("qx-") || id.startsWith("qs-") || id.startsWith("qt-");
    }
}
