package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.guard.Breaker;
import quantum.guard.GuardName;
import quantum.guard.Limits;
import quantum.intent.Report;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.position.ExistingPolicy;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.position.ExitDefaults;
import quantum.position.ExitPolicy;
import quantum.position.PositionMode;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Call;

/** Thousands of seeded steps against an exchange that misbehaves; what may never happen, never does. */
class RandomRunTest {

    private static final int STEPS = 4000;
    /** Why closes of ours were sent, in all courses. */
    private static final Set<String> REASONS = ConcurrentHashMap.newKeySet();

    /** Each seed is another course of events; {@code -Dquantum.seeds=500} tries more of them. */
    static Stream<Arguments> courses() {
        return seeds().boxed().flatMap(seed -> Stream.of(PositionMode.values()).map(mode -> Arguments.of(mode, seed)));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("quantum.seeds", 12));
    }

    private static final Rules RULES = Rules.DEFAULT
            .withLimits(new Limits(
                    new Limits.Rates(
                            Duration.ofMillis(500),
                            1000,
                            Duration.ofSeconds(1),
                            new Breaker.Limit(6, 5, Duration.ofSeconds(60))),
                    new Limits.MarginLimits(
                            new BigDecimal("1.25"),
                            Duration.ofSeconds(1),
                            50,
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(2)),
                    Limits.DEFAULT.exposure(),
                    Limits.DEFAULT.openMaxAge(),
                    Limits.DEFAULT.priceMaxAge()))
            .withExits(new ExitPolicy(
                    new ExitDefaults(
                            new BigDecimal("2.5"),
                            new BigDecimal("1.5"),
                            new BigDecimal("0.8"),
                            new BigDecimal("0.3"),
                            ExitDefaults.SEEDS.breakEven(),
                            Duration.ZERO,
                            List.of()),
                    Map.of(),
                    new ExitPolicy.Ratchet(new BigDecimal("0.1"), Duration.ofMillis(300)),
                    new BigDecimal("5"),
                    ExitPolicy.SmallPart.NONE));

    private DeskRig rig = new DeskRig(RULES);
    private final Set<String> sentIntents = new HashSet<>();
    private final Set<Object> ordersSent = new HashSet<>();
    private final Map<String, Price> stops = new HashMap<>();
    private final Map<String, Integer> rungs = new HashMap<>();
    private boolean hands;
    private int seen;

    @ParameterizedTest
    @MethodSource("courses")
    void nothingForbiddenHappensOnAnAccountOfOurOwn(PositionMode mode, long seed) {
        TinyExchange exchange = run(mode, new Random(seed));
        atRest(exchange);
        everyLifeHasOneEnd();
    }

    @ParameterizedTest
    @MethodSource("courses")
    void norWhileSomebodyTradesByHandOnTheSameAccount(PositionMode mode, long seed) {
        hands = true;
        atRest(run(mode, new Random(seed)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void norWhereCoinsAreBoughtAndAPairOfOrdersHoldsThem(long seed) {
        Random random = new Random(seed);
        Rules rules = RULES.withExisting(any(random));
        rig = new DeskRig(rules, new Contract.Coin(TinyCoins.ASSET, "USDT"));
        atRest(run(new TinyCoins(random, rig::now, rig.marks), random));
        everyLifeHasOneEnd();
    }

    @AfterAll
    static void everyReasonToCloseWasMet() {
        assertThat(REASONS).contains("LADDER", "TIME", "TRAILING", "SIGNAL", "KILL", "TP", "SL");
    }

    private TinyExchange run(PositionMode mode, Random random) {
        rig = new DeskRig(RULES.withPositions(mode).withExisting(any(random)));
        return run(new TinyExchange(mode, random, rig::now, rig.marks), random);
    }

    private TinyExchange run(TinyExchange exchange, Random random) {
        rig.on(new Event.Restored(Snapshot.EMPTY));
        rig.connect(List.of(), List.of());
        rig.mark();
        carry(exchange);
        for (int i = 0; i < STEPS; i++) {
            step(random, exchange, i);
            carry(exchange);
        }
        exchange.calm();
        for (int i = 0; i < 400; i++) {
            advance(exchange, Duration.ofMillis(500));
            rig.mark();
            carry(exchange);
        }
        return exchange;
    }

    private static ExistingPolicy any(Random random) {
        return new ExistingPolicy(
                List.of(SameSide.values()).get(random.nextInt(3)),
                List.of(OtherSide.values()).get(random.nextInt(3)));
    }

    private void step(Random random, TinyExchange exchange, int i) {
        advance(exchange, Duration.ofMillis(random.nextInt(400)));
        Symbol symbol = DeskRig.SYMBOLS.get(random.nextInt(DeskRig.SYMBOLS.size()));
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3 -> send(open(random, symbol, "i" + i));
            case 4 -> {
                if (i > 10) {
                    send(open(new Random(i), symbol, "i" + random.nextInt(i)));
                }
            }
            case 5 ->
                send(Map.of(
                        "intent_id",
                        "c" + i,
                        "symbol",
                        symbol.name(),
                        "action",
                        "CLOSE",
                        "position_side",
                        List.of("BOTH", "LONG", "SHORT").get(random.nextInt(3)),
                        "close_fraction",
                        random.nextBoolean() ? "1" : "0.37"));
            case 6 -> operate(random, symbol);
            case 7 -> restart(random, symbol, exchange, i);
            case 8 -> exchange.setReachable(random.nextInt(4) != 0);
            case 9 -> {
                if (hands && random.nextInt(6) == 0) {
                    exchange.byHand(symbol, random.nextBoolean() ? Side.BUY : Side.SELL, "3");
                }
            }
            case 10 -> rig.on(new Event.LedgerBehind(random.nextInt(3) == 0));
            case 11 -> {
                if (random.nextInt(4) == 0) {
                    reconnect(exchange);
                }
            }
            case 12 -> exchange.fund(symbol);
            default -> walk(random, symbol);
        }
        exchange.work();
        exchange.trigger();
        rig.mark();
    }

    /** A person orders something, and does not think of resuming at once. */
    private void operate(Random random, Symbol symbol) {
        rig.on(new Event.Commanded(
                switch (random.nextInt(20)) {
                    case 0 -> new Event.Command.Flatten(null);
                    case 1, 2, 3 -> new Event.Command.Flatten(symbol);
                    case 4 -> new Event.Command.Pause();
                    case 5, 6 -> new Event.Command.Clear(new GuardName(GuardName.Kind.BREAKER, symbol), "looked");
                    default -> new Event.Command.Resume();
                }));
    }

    private void walk(Random random, Symbol symbol) {
        Price mark = rig.marks.getOrDefault(symbol, Price.of("100"));
        BigDecimal moved = mark.value().add(new BigDecimal(random.nextInt(121) - 60).movePointLeft(2));
        rig.marks.put(symbol, new Price(moved.max(BigDecimal.TEN)));
    }

    private Map<String, String> open(Random random, Symbol symbol, String id) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "intent_id",
                id,
                "symbol",
                symbol.name(),
                "action",
                random.nextBoolean() ? "BUY" : "SELL",
                "position_size_usd",
                Integer.toString(10 + random.nextInt(3000))));
        if (random.nextInt(3) == 0) {
            fields.put("stop_loss_pct", "0." + (1 + random.nextInt(9)));
            fields.put("take_profit_pct", "0." + (1 + random.nextInt(9)));
        } else {
            exits(random, fields);
        }
        return fields;
    }

    private static void exits(Random random, Map<String, String> fields) {
        if (random.nextInt(3) == 0) {
            fields.put("trailing_pct", "0." + (1 + random.nextInt(9)));
        }
        if (random.nextInt(3) == 0) {
            fields.put("break_even_pct", "0." + (2 + random.nextInt(7)));
        }
        if (random.nextInt(3) == 0) {
            fields.put("max_time_sec", Integer.toString(1 + random.nextInt(30)));
        }
        if (random.nextInt(2) == 0) {
            fields.put("ladder", "0." + (1 + random.nextInt(3)) + ":0.37, 0.6:0.2, 1.1:0." + (1 + random.nextInt(4)));
        }
    }

    private void send(Map<String, String> fields) {
        sentIntents.add(fields.get("intent_id"));
        rig.intent(fields);
    }

    /** The process dies; what was on its way to it is lost, and perhaps what it had recorded and not sent yet. */
    private void restart(Random random, Symbol symbol, TinyExchange exchange, int i) {
        carry(exchange);
        if (random.nextInt(3) == 0) {
            if (random.nextBoolean()) {
                send(open(random, symbol, "lost" + i));
            } else {
                rig.on(new Event.Commanded(new Event.Command.Flatten(symbol)));
            }
            exchange.coming.clear();
            seen = rig.effects.size();
            rig.restart(exchange::reading, exchange.rests());
        }
    }

    private void reconnect(TinyExchange exchange) {
        rig.connect(exchange::reading, exchange.rests());
    }

    /** Time passes step by step, so that what comes from the exchange and wake-ups come in their order. */
    private void advance(TinyExchange exchange, Duration time) {
        long end = rig.now().plus(time).nanos();
        while (rig.now().nanos() < end) {
            TinyExchange.Coming next = exchange.coming.peek();
            long until = next == null ? end : Math.min(end, next.atNanos());
            rig.pass(Duration.ofNanos(Math.max(0, until - rig.now().nanos())));
            carry(exchange);
            while (next != null && next.atNanos() <= rig.now().nanos()) {
                exchange.coming.remove();
                rig.said(next.event());
                carry(exchange);
                next = exchange.coming.peek();
            }
            carry(exchange);
        }
        exchange.work();
        exchange.trigger();
    }

    /** Carries what the desk asked since the last time to the exchange, checking each call as it leaves. */
    private void carry(TinyExchange exchange) {
        while (seen < rig.effects.size()) {
            if (rig.effects.get(seen++) instanceof Effect.Ask(Call call)) {
                check(call);
                exchange.call(call);
                remember(call, exchange);
            }
        }
    }

    /** A stop that the exchange refused protected nothing: the level before it is asked for again. */
    private void remember(Call call, TinyExchange exchange) {
        switch (call) {
            case Call.PlaceConditional rest
            when rest.level() == Call.Level.STOP -> remember(rest.id(), rest.trigger(), exchange);
            case Call.PlacePair pair -> remember(pair.stopId(), pair.stop(), exchange);
            default -> {}
        }
    }

    private void remember(ClientOrderId stop, Price trigger, TinyExchange exchange) {
        if (exchange.resting.containsKey(stop)) {
            String id = stop.value();
            stops.put(id.substring(0, id.lastIndexOf('-')), trigger);
        }
    }

    private void check(Call call) {
        switch (call) {
            case Call.Open open ->
                assertThat(ordersSent.add(open.id())).as("sent twice").isTrue();
            case Call.Close close -> {
                assertThat(ordersSent.add(close.id())).as("sent twice").isTrue();
                Entry.OrderRow row = (Entry.OrderRow)
                        Objects.requireNonNull(rig.rows.get("OrderRow" + close.id()), "a close without its row");
                BigDecimal working = rig.view().ordersInFlight().stream()
                        .filter(o -> "CLOSE".equals(o.purpose())
                                && Objects.equals(o.epoch(), row.epoch())
                                && !o.clientOrderId().startsWith("qs-")
                                && !o.clientOrderId().startsWith("qt-"))
                        .map(o -> o.quantity().subtract(Objects.requireNonNullElse(o.fillQuantity(), BigDecimal.ZERO)))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                BigDecimal held =
                        held(close.symbol(), Direction.opened(close.side()).opposite());
                assertThat(working).as("working closes of %s", close).isLessThanOrEqualTo(held);
                Entry.PositionRow position = (Entry.PositionRow)
                        Objects.requireNonNull(rig.rows.get("PositionRow" + row.epoch()), "a close of no life");
                assertThat(position.state()).as("life of %s", close).isEqualTo("OPEN");
                REASONS.add(String.valueOf(row.exitReason()));
                climbs(position);
            }
            case Call.PlaceConditional rest
            when rest.level() == Call.Level.STOP -> isNoLooser(rest.id(), rest.direction(), rest.trigger());
            case Call.PlacePair pair -> isNoLooser(pair.stopId(), pair.direction(), pair.stop());
            default -> {}
        }
    }

    private void isNoLooser(ClientOrderId stop, Direction direction, Price trigger) {
        String id = stop.value();
        Price before = stops.get(id.substring(0, id.lastIndexOf('-')));
        assertThat(before != null && direction.gains(trigger, before))
                .as("stop of %s loosened from %s to %s", id, before, trigger)
                .isFalse();
    }

    /** A rung is reached once, and what the ladder closes is never more than its fractions of the largest quantity. */
    private void climbs(Entry.PositionRow position) {
        Entry.ProgressRow progress = Objects.requireNonNull(position.progress());
        Integer before = rungs.put(position.epoch(), progress.rungs());
        assertThat(progress.rungs()).isGreaterThanOrEqualTo(before == null ? 0 : before);
        List<Entry.RungRow> ladder = Objects.requireNonNull(
                Objects.requireNonNull(position.plan().watch()).ladder());
        BigDecimal most = ladder.stream()
                .limit(progress.rungs())
                .map(rung -> rung.fraction().multiply(progress.largest()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal closed = rig.rows.values().stream()
                .filter(r -> r instanceof Entry.OrderRow o
                        && "LADDER".equals(o.exitReason())
                        && position.epoch().equals(o.epoch()))
                .map(r -> taken((Entry.OrderRow) r))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(closed).as("ladder of %s", position.epoch()).isLessThanOrEqualTo(most);
    }

    private static BigDecimal taken(Entry.OrderRow order) {
        boolean over = List.of("Filled", "Ended", "Rejected").contains(order.state());
        BigDecimal filled = Objects.requireNonNullElse(order.fillQuantity(), BigDecimal.ZERO);
        return over ? filled : order.quantity();
    }

    private BigDecimal held(Symbol symbol, Direction direction) {
        return rig.view().positions().stream()
                .filter(p -> p.symbol().equals(symbol.name()) && p.direction().equals(direction.name()))
                .map(DeskView.PositionView::quantity)
                .findFirst()
                .orElse(BigDecimal.ZERO);
    }

    private void atRest(TinyExchange exchange) {
        for (String id : sentIntents) {
            Set<String> endings = new HashSet<>();
            rig.notices(n -> n instanceof Notice.Reported(Report report, String eventId)
                                    && report.isTerminal()
                                    && report.subject().intentId().equals(id)
                                    && !eventId.startsWith("reused:")
                            ? eventId
                            : null)
                    .forEach(eventId -> assertThat(endings.add(eventId))
                            .as("%s twice", eventId)
                            .isTrue());
            assertThat(endings).as("endings of %s", id).hasSize(1);
        }
        assertThat(rig.view().ordersInFlight()).isEmpty();
        for (Symbol symbol : DeskRig.SYMBOLS) {
            for (Direction direction : Direction.values()) {
                BigDecimal known = held(symbol, direction);
                assertThat(known)
                        .as("%s held of %s", direction, symbol)
                        .isEqualByComparingTo(exchange.quantity(symbol, direction));
                long stops = exchange.restingOrders().stream()
                        .filter(r ->
                                r.symbol().equals(symbol) && r.direction() == direction && r.level() == Call.Level.STOP)
                        .count();
                boolean isDust = exchange instanceof TinyCoins
                        && TinyCoins.isTooLittle(known, Objects.requireNonNull(rig.marks.get(symbol)));
                if (!isDust) {
                    assertThat(stops).as("%s stops of %s", direction, symbol).isEqualTo(known.signum() == 0 ? 0 : 1);
                }
                assertThat(exchange.restingOrders())
                        .filteredOn(r -> r.symbol().equals(symbol) && r.direction() == direction)
                        .extracting(Call.PlaceConditional::quantity)
                        .as("size of what protects the %s of %s", direction, symbol)
                        .allMatch(size -> size == null || size.value().compareTo(known) == 0);
            }
        }
    }

    private void everyLifeHasOneEnd() {
        assertThat(rig.closed()).isNotEmpty();
        assertThat(rig.alerts("unsettled")).extracting(Notice.Alert::key).isEmpty();
        assertThat(rig.rows.values().stream()
                        .filter(r -> r instanceof Entry.PositionRow p && "SETTLING".equals(p.state())))
                .isEmpty();
        Set<String> ends = new HashSet<>();
        rig.notices(n -> n instanceof Notice.TradeClosed closed ? closed.eventId() : null)
                .forEach(id -> assertThat(ends.add(id)).as(id).isTrue());
    }
}
