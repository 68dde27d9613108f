package quantum.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Timer;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.intent.reading.IntentReader;
import quantum.market.Balance;
import quantum.market.Contract;
import quantum.market.Instrument;
import quantum.market.LotRule;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.Moment;
import quantum.venue.VenueEvent;

/** A desk between hands: time moves when told, effects are kept, timers come when due, rows are remembered. */
final class DeskRig {

    static final Symbol BTC = new Symbol("BTCUSDT");
    static final Symbol ETH = new Symbol("ETHUSDT");
    static final Symbol SOL = new Symbol("SOLUSDT");
    static final Symbol XRP = new Symbol("XRPUSDT");
    static final List<Symbol> SYMBOLS = List.of(BTC, ETH, SOL, XRP);

    private record Pending(long atNanos, long order, Timer timer) {}

    final List<Effect> effects = new ArrayList<>();
    final Map<String, Entry> rows = new LinkedHashMap<>();
    private final Map<String, Event.IntentArrived> unacknowledged = new LinkedHashMap<>();
    final Map<Symbol, Price> marks = new LinkedHashMap<>();
    private final PriorityQueue<Pending> timers =
            new PriorityQueue<>(Comparator.comparingLong(Pending::atNanos).thenComparingLong(Pending::order));
    private final Rules rules;
    private final Contract contract;
    private Desk desk;
    private Moment now = new Moment(1_000_000_000_000L, Instant.parse("2026-01-05T10:00:00Z"));
    private long messages;
    private long timerCount;
    private int seen;

    DeskRig(Rules rules) {
        this(rules, Contract.perpetual("USDT"));
    }

    /** All of its symbols are of one kind. */
    DeskRig(Rules rules, Contract contract) {
        this.contract = contract;
        this.rules = rules;
        this.desk = new Desk(rules);
        SYMBOLS.forEach(s -> marks.put(s, Price.of("100")));
    }

    /** A desk that is ready, with 10000 USDT, no positions and fresh marks of 100. */
    static DeskRig ready() {
        return ready(Rules.DEFAULT);
    }

    static DeskRig ready(Rules rules) {
        return ready(rules, Contract.perpetual("USDT"));
    }

    static DeskRig ready(Rules rules, Contract contract) {
        DeskRig rig = new DeskRig(rules, contract);
        rig.on(new Event.Restored(Snapshot.EMPTY));
        rig.connect(List.of(), List.of());
        rig.mark();
        return rig;
    }

    /** What a session tells at its start, before it is ready. */
    void connect(List<VenueEvent.Held> held, List<ConditionalUpdate> rests) {
        connect(asked -> new VenueEvent.PositionsRead(held, asked), rests);
    }

    /** The same, whichever answer a reading of what is held has. */
    void connect(LongFunction<VenueEvent> held, List<ConditionalUpdate> rests) {
        pass(Duration.ofMillis(1));
        said(new VenueEvent.InstrumentsRead(
                SYMBOLS.stream().map(symbol -> instrument(symbol, contract)).toList(), now.nanos()));
        account("10000");
        said(held.apply(now.nanos()));
        said(new VenueEvent.ConditionalsRead(rests, now.nanos()));
        said(new VenueEvent.Ready(
                new VenueEvent.SelfTest(now.exchange(), 0, SYMBOLS.size(), List.of(balance("USDT", "10000")), "test"),
                false));
    }

    static Instrument instrument(Symbol symbol) {
        return instrument(symbol, Contract.perpetual("USDT"));
    }

    static Instrument instrument(Symbol symbol, Contract contract) {
        LotRule lots = new LotRule(new BigDecimal("0.001"), new BigDecimal("1000"), new BigDecimal("0.001"));
        return new Instrument(
                symbol,
                true,
                contract,
                new Instrument.PriceRule(new BigDecimal("0.01"), BigDecimal.ZERO, BigDecimal.ZERO),
                lots,
                lots,
                new BigDecimal("5"));
    }

    /** A new process on the rows that were written. */
    void restart(List<VenueEvent.Held> held, List<ConditionalUpdate> rests) {
        restart(asked -> new VenueEvent.PositionsRead(held, asked), rests);
    }

    void restart(LongFunction<VenueEvent> held, List<ConditionalUpdate> rests) {
        timers.clear();
        desk = new Desk(rules);
        on(new Event.Restored(snapshot()));
        connect(held, rests);
        mark();
        // The bus hands over again what was not acknowledged.
        List.copyOf(unacknowledged.values())
                .forEach(arrived -> on(new Event.IntentArrived(
                        arrived.messageId(), arrived.original(), arrived.reading(), arrived.earlier(), 2)));
    }

    /** What a ledger gives back, after the words of {@link Snapshot}. */
    Snapshot snapshot() {
        List<Entry.IntentRow> intents = rows(Entry.IntentRow.class)
                .filter(i -> i.terminalState() == null)
                .toList();
        List<Entry.PositionRow> positions = rows(Entry.PositionRow.class)
                .filter(p -> !"CLOSED".equals(p.state()))
                .toList();
        List<Entry.OrderRow> orders = rows(Entry.OrderRow.class)
                .filter(o -> !List.of("Filled", "Ended", "Rejected").contains(o.state())
                        || intents.stream().anyMatch(i -> i.intentId().equals(o.intentId()))
                        || (o.fillQuantity() != null
                                && "CLOSE".equals(o.purpose())
                                && positions.stream().anyMatch(p -> p.epoch().equals(o.epoch()))))
                .toList();
        return new Snapshot(
                intents,
                orders,
                positions,
                rows(Entry.GuardRow.class).findFirst().orElse(null));
    }

    <T extends Entry> Stream<T> rows(Class<T> type) {
        return rows.values().stream().filter(type::isInstance).map(type::cast);
    }

    List<Effect> on(Event event) {
        if (event instanceof Event.IntentArrived arrived) {
            unacknowledged.put(arrived.messageId(), arrived);
        }
        List<Effect> told = desk.on(event, now);
        effects.addAll(told);
        for (Effect effect : told) {
            switch (effect) {
                case Effect.Write(Entry row) -> rows.put(row.getClass().getSimpleName() + row.key(), row);
                case Effect.Acknowledge(String message) -> unacknowledged.remove(message);
                case Effect.Wake(Timer timer, long at) -> timers.add(new Pending(at, timerCount++, timer));
                default -> {}
            }
        }
        return told;
    }

    List<Effect> said(VenueEvent event) {
        return on(new Event.FromVenue(event));
    }

    /** Time passes; wake-ups come in their order, and marks stay fresh. */
    void pass(Duration time) {
        Moment end = now.plus(time);
        while (!timers.isEmpty() && timers.peek().atNanos() <= end.nanos()) {
            Pending next = timers.remove();
            long ahead = Math.max(0, next.atNanos() - now.nanos());
            now = now.plus(Duration.ofNanos(ahead));
            on(new Event.Woken(next.timer()));
        }
        now = now.plus(Duration.ofNanos(end.nanos() - now.nanos()));
    }

    /** The process stands still: time goes on, and no timer is heard. */
    void standStill(Duration time) {
        now = now.plus(time);
    }

    void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pass(Duration.ofSeconds(1));
            mark();
        }
    }

    void mark() {
        said(new VenueEvent.Marked(Collections.unmodifiableMap(new LinkedHashMap<>(marks)), now.exchange()));
    }

    void mark(Symbol symbol, String price) {
        marks.put(symbol, Price.of(price));
        mark();
    }

    void account(String available) {
        account(balance("USDT", available));
    }

    void account(Balance... balances) {
        said(new VenueEvent.AccountRead(List.of(balances), Set.of(), now.nanos()));
    }

    static Balance balance(String asset, String amount) {
        return new Balance(asset, new BigDecimal(amount), new BigDecimal(amount));
    }

    void positions(VenueEvent.Held... held) {
        pass(Duration.ofMillis(1));
        said(new VenueEvent.PositionsRead(List.of(held), now.nanos()));
    }

    void rests(ConditionalUpdate... rests) {
        pass(Duration.ofMillis(1));
        said(new VenueEvent.ConditionalsRead(List.of(rests), now.nanos()));
    }

    /** A message with these fields arrives, dated now unless it says otherwise. */
    List<Effect> intent(Map<String, String> fields) {
        return intent(fields, Map.of());
    }

    /** The same with further fields that are no text. */
    List<Effect> intent(Map<String, String> fields, Map<String, ?> structured) {
        Map<String, String> all = new HashMap<>(fields);
        all.putIfAbsent("timestamp", now.exchange().toString());
        String message = ++messages + "-0";
        Entry.IntentRow earlier = (Entry.IntentRow) rows.get("IntentRow" + fields.get("intent_id"));
        Map<String, Object> read = new HashMap<>(all);
        read.putAll(structured);
        return on(new Event.IntentArrived(message, all, IntentReader.read(read, null), earlier, 1));
    }

    List<Effect> buy(String id, Symbol symbol) {
        return intent(Map.of("intent_id", id, "symbol", symbol.name(), "action", "BUY", "position_size_usd", "1000"));
    }

    List<Effect> close(String id, Symbol symbol) {
        return intent(Map.of("intent_id", id, "symbol", symbol.name(), "action", "CLOSE"));
    }

    /** Closes such a fraction of what is held. */
    List<Effect> closePart(String id, Symbol symbol, String fraction) {
        return intent(Map.of("intent_id", id, "symbol", symbol.name(), "action", "CLOSE", "close_fraction", fraction));
    }

    Moment now() {
        return now;
    }

    Desk desk() {
        return desk;
    }

    DeskView view() {
        return desk.view(now);
    }

    // What came out

    <T extends Call> List<T> calls(Class<T> type) {
        return effects.stream()
                .filter(Effect.Ask.class::isInstance)
                .map(e -> ((Effect.Ask) e).call())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The latest call of a type. */
    <T extends Call> T last(Class<T> type) {
        return calls(type).getLast();
    }

    Call.PlaceConditional lastRest(Call.Level level) {
        return calls(Call.PlaceConditional.class).stream()
                .filter(r -> r.level() == level)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    List<Report> reports() {
        return notices(n -> n instanceof Notice.Reported(Report report, var _) ? report : null);
    }

    List<Report> reports(String intentId) {
        return reports().stream()
                .filter(r -> r.subject().intentId().equals(intentId))
                .toList();
    }

    List<Closed> closed() {
        return notices(n -> n instanceof Notice.TradeClosed(Closed closed, var _) ? closed : null);
    }

    List<Notice.Alert> alerts(String keyPrefix) {
        return this.<Notice.Alert>notices(
                n -> n instanceof Notice.Alert alert && alert.key().startsWith(keyPrefix) ? alert : null);
    }

    <T> List<T> notices(Function<Notice, @org.jspecify.annotations.Nullable T> wanted) {
        List<T> found = new ArrayList<>();
        for (Effect effect : effects) {
            T match = effect instanceof Effect.Publish(Notice notice) ? wanted.apply(notice) : null;
            if (match != null) {
                found.add(match);
            }
        }
        return found;
    }

    long count(Class<? extends Effect> type) {
        return effects.stream().filter(type::isInstance).count();
    }

    /** The effects since this was last asked. */
    List<Effect> fresh() {
        List<Effect> fresh = List.copyOf(effects.subList(seen, effects.size()));
        seen = effects.size();
        return fresh;
    }

    /** How many calls of a type came since {@link #fresh} was last asked. */
    long freshCalls(Class<? extends Call> type) {
        return fresh().stream()
                .filter(e -> e instanceof Effect.Ask(Call call) && type.isInstance(call))
                .count();
    }
}
