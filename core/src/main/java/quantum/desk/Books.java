package quantum.desk;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.guard.Guards;
import quantum.guard.Margin;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.LotRule;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.order.Purpose;
import quantum.position.PositionState;
import quantum.protection.ProtectiveOrder;
import quantum.record.Entry;
import quantum.record.GuardRows;
import quantum.venue.Call.Level;

/** Everything the desk knows, for its flows to share. Bounded: what has ended leaves, what is remembered has a limit. */
final class Books implements Turn.Kept {

    private static final int REMEMBERED_INTENTS = 20_000;
    private static final int REMEMBERED_ENDINGS = 50;
    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.DOWN);
    private static final int REMEMBERED_REFUSALS = 100;

    /** The last mark of a symbol, when we learned it, and a later one too far from it to be believed alone. */
    record Mark(Price price, long atNanos, @Nullable Price doubted) {
        Mark doubting(Price other) {
            return new Mark(price, atNanos, other);
        }
    }

    final Rules rules;
    final Map<Symbol, Instrument> instruments = new HashMap<>();
    final Map<Symbol, Mark> marks = new HashMap<>();
    final Map<ClientOrderId, LiveOrder> orders = new LinkedHashMap<>();
    final Holdings lives;
    final Map<String, Life> settling = new LinkedHashMap<>();

    final Counters counters = new Counters();
    final Halts halts = new Halts();
    final Liquidations liquidations = new Liquidations();
    final UnclearPositions unclear = new UnclearPositions();
    final ToldAmounts told;
    final Contact contact = new Contact();
    final Slots slots;
    final Deque<Entry.IntentRow> endings = new ArrayDeque<>();
    /** Endings without an order, kept apart: they are few among many fills, and each is asked about. */
    final Deque<Entry.IntentRow> refusals = new ArrayDeque<>();

    private final Set<LiveOrder> unfinished = new LinkedHashSet<>();
    private final Map<String, LiveIntent> intents = new LinkedHashMap<>();

    Guards guards = Guards.NONE;
    Margin margin = Margin.UNKNOWN;
    boolean ready;
    boolean admitting;
    boolean ledgerBehind;
    boolean stopping;
    boolean degraded;
    /** Places where a position is being turned: closed first, opened when that is proven. */
    final Set<Holdings.Place> turning = new HashSet<>();

    /** After a stall, until positions are shown that were asked for since. */
    boolean rereading;

    long rereadFromNanos;
    long readyNanos;

    /** When it was found that the ledger does not know everything that an earlier life of the process did. */
    @Nullable
    Instant forgotAt;

    @Nullable
    Instant lastExchangeSync;

    @Nullable
    Instant lastPriceCheck;

    /** Totals for the health page. */
    static final class Counters {
        long exits;
        long targets;
        long stops;
        long trailings;
    }

    Books(Rules rules) {
        this.rules = rules;
        this.lives = new Holdings(rules.positions());
        this.told = new ToldAmounts(lives);
        this.slots = new Slots(rules.guarding().slots(), this::positionsSoon, this::restingBeside);
    }

    /** Of its own it keeps the guards. */
    @Override
    public String rowName() {
        return "guards";
    }

    @Override
    public Entry toRow() {
        return GuardRows.of(guards);
    }

    @Nullable
    LiveIntent intent(@Nullable String id) {
        return id == null ? null : intents.get(id);
    }

    void remember(LiveIntent intent) {
        intents.put(intent.id(), intent);
        if (intents.size() > REMEMBERED_INTENTS) {
            // The ledger remembers the ended ones for ever; memory only spares the look-up.
            var eldest = intents.values().iterator();
            while (eldest.hasNext()) {
                if (eldest.next().isEnded()) {
                    eldest.remove();
                    return;
                }
            }
        }
    }

    List<LiveIntent> openIntents() {
        return intents.values().stream().filter(i -> !i.isEnded()).toList();
    }

    void ended(LiveIntent intent) {
        Entry.IntentRow row = intent.toRow();
        keep(row, endings, REMEMBERED_ENDINGS);
        if (row.reason() != null) {
            keep(row, refusals, REMEMBERED_REFUSALS);
        }
    }

    private static void keep(Entry.IntentRow row, Deque<Entry.IntentRow> latest, int most) {
        latest.addFirst(row);
        if (latest.size() > most) {
            latest.removeLast();
        }
    }

    /**
     * The rules of a symbol. What is held in one that is not listed must be protected too: its levels then have four
     * digits, which nearly every grid of prices contains, and what the exchange refuses is tried again by its rules.
     */
    Instrument instrumentOr(Symbol symbol, Price price) {
        Instrument known = instruments.get(symbol);
        if (known != null) {
            return known;
        }
        BigDecimal tick = price.value().round(FOUR_DIGITS).ulp();
        LotRule any = new LotRule(BigDecimal.ZERO, new BigDecimal("1000000000"), new BigDecimal("0.00000001"));
        return new Instrument(
                symbol,
                false,
                Contract.UNKNOWN,
                new Instrument.PriceRule(tick, BigDecimal.ZERO, BigDecimal.ZERO),
                any,
                any,
                BigDecimal.ZERO);
    }

    /** What the prices of a symbol are in; empty where it is not listed. */
    String quoteAsset(Symbol symbol) {
        Instrument known = instruments.get(symbol);
        return known == null ? "" : known.contract().quoteAsset();
    }

    void add(LiveOrder order) {
        orders.put(order.id(), order);
        unfinished.add(order);
    }

    /** The orders without a proven end; few, while those that are over are remembered for a minute. */
    List<LiveOrder> unfinished() {
        unfinished.removeIf(order -> order.state().isFinal());
        return List.copyOf(unfinished);
    }

    /** Where the position is that an order opens or closes. */
    Holdings.Place place(LiveOrder order) {
        return lives.place(order.task().symbol(), order.task().direction());
    }

    @Nullable
    LiveOrder openInFlight(Holdings.Place place) {
        return unfinished().stream()
                .filter(o -> o.task().purpose() == Purpose.OPEN && place(o).equals(place))
                .findFirst()
                .orElse(null);
    }

    /** Positions that are held, and those that entries under way will make: each has a stop or needs one. */
    int positionsSoon() {
        long opening = unfinished().stream()
                .filter(o -> o.task().purpose() == Purpose.OPEN && lives.at(place(o)) == null)
                .count();
        return lives.size() + Math.toIntExact(opening);
    }

    /** Targets, and stops of positions that ended, each of which takes a place of its own. */
    private int restingBeside() {
        long targets = allLives().stream()
                .filter(life -> mayRest(life.orderAt(Level.TARGET)))
                .count();
        long leftStops = settling.values().stream()
                .filter(life -> mayRest(life.orderAt(Level.STOP)))
                .count();
        return Math.toIntExact(targets + leftStops);
    }

    private static boolean mayRest(ProtectiveOrder order) {
        return order.state() != ProtectiveOrder.State.GONE && order.state() != ProtectiveOrder.State.FIRING;
    }

    /** In observe mode every position is others' to protect, and one that was found may be by policy. */
    boolean isLeftAlone(Life life) {
        return rules.observe()
                || (life.isAdopted() && !rules.guarding().adoption().protect());
    }

    /** A position that ought to have a live stop and has none. */
    boolean isNaked(Life life) {
        return life.isOpen() && !life.isProtected() && !isLeftAlone(life);
    }

    /**
     * True for the stop of an ended life while a later position in its place has no live stop of its own, or while an open
     * of ours there has no fill yet: it may be all that the exchange closes that one by, so it is let go later (law 4).
     */
    boolean protectsAnother(Life ended, Level level) {
        if (level != Level.STOP || ended.isOpen()) {
            return false;
        }
        Holdings.Place place = lives.place(ended.symbol(), ended.direction());
        Life held = lives.at(place);
        LiveOrder opening = openInFlight(place);
        return (held != null && held.direction() == ended.direction() && isNaked(held))
                || (opening != null
                        && opening.state().fill() == null
                        && opening.task().direction() == ended.direction());
    }

    /** True for a resting order of a life that an open without an outcome may have begun before the ledger was lost. */
    boolean mayBegin(ClientOrderId rest) {
        return unfinished().stream()
                .anyMatch(order -> order.task().purpose() == Purpose.OPEN
                        && rest.isRestOf(order.id().value()));
    }

    /**
     * True while an order of ours changes what is held, so that a reading of the positions cannot be merged. An open
     * whose fill wait is over without any fill known counts no more: if a position shows, it is protected.
     */
    boolean isMoving(Holdings.Place place) {
        return unfinished().stream()
                .anyMatch(o -> place(o).equals(place)
                        && !(o.pendingReported()
                                && o.task().purpose() == Purpose.OPEN
                                && o.state().fill() == null));
    }

    List<LiveOrder> closesOf(Life life) {
        return unfinished().stream()
                .filter(o -> o.task().purpose() == Purpose.CLOSE
                        && life.epoch().equals(o.task().cause().epoch()))
                .toList();
    }

    @Nullable
    LiveOrder byOrderId(OrderId id) {
        return orders.values().stream()
                .filter(o -> id.equals(o.state().orderId()))
                .findFirst()
                .orElse(null);
    }

    List<Life> allLives() {
        List<Life> all = new ArrayList<>(lives.all());
        all.addAll(settling.values());
        return all;
    }

    @Nullable
    Life lifeOf(String epoch) {
        return allLives().stream()
                .filter(l -> l.epoch().equals(epoch))
                .findFirst()
                .orElse(null);
    }

    /** True for an order that was decided on to add to a life, and that was executed after all when that had ended. */
    boolean wasToEnlarge(Life life, LiveOrder order) {
        boolean isOlder = order.isRestored()
                // When it was decided is known by its life alone: another may have begun before the restart.
                ? life.epoch().equals(order.task().cause().epoch()) || mayHaveMade(life, order)
                : order.decidedNanos() - life.touchedNanos() <= 0;
        return isOlder
                && life.direction() == order.task().direction()
                && lives.place(life.symbol(), life.direction()).equals(place(order));
    }

    /** True for an order that was decided on before a position was found, which it may have made. */
    static boolean mayHaveMade(Life found, LiveOrder order) {
        return found.isAdopted() && !order.sentAt().isAfter(found.birth().openedAt());
    }

    /** A life that was taken for ended, while its trades say as the exchange does that it is held. */
    @Nullable
    Life heldAfterAll(Symbol symbol, Direction direction) {
        return settling.values().stream()
                .filter(l -> l.state() instanceof PositionState.Ended ended
                        && ended.heldByTrades()
                        && l.symbol().equals(symbol)
                        && l.direction() == direction)
                .findFirst()
                .orElse(null);
    }

    /** A life that an order opened and whose trades do not add up yet. */
    @Nullable
    Life unsettledOf(LiveOrder order, OrderId entry) {
        return settling.values().stream()
                .filter(l -> l.state() instanceof PositionState.Ended
                        && (l.entryOrders().contains(entry) || wasToEnlarge(l, order)))
                .findFirst()
                .orElse(null);
    }
}
