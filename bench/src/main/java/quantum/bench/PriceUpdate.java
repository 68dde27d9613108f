package quantum.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.intent.Rung;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.LotRule;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.position.BreakEven;
import quantum.position.ExitDefaults;
import quantum.position.ExitPolicy;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Moment;
import quantum.venue.VenueEvent;

/**
 * What one price of one symbol costs the desk while so many positions, one a symbol, each with stop, target, trailing,
 * break-even, time and ladder, are held. Ten symbols take turns, whatever else is held; where all of them do, the
 * processor's caches do not remember the last one, and memory is measured with the rules.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
public class PriceUpdate {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final Moment NOW = new Moment(1_000_000_000L, START);
    private static final BigDecimal ENTRY = new BigDecimal("10000");

    /** So many symbols take turns; no more than the fewest positions. */
    private static final int OFTEN = 10;

    @Param({"10", "100", "1000", "10000"})
    private int positions;

    private Desk desk = new Desk(Rules.DEFAULT);
    private final List<Symbol> symbols = new ArrayList<>();
    private final List<Event> up = new ArrayList<>();
    private final List<Event> down = new ArrayList<>();
    private Event elsewhere = marked(new Symbol("NONEUSDT"), ENTRY);
    private long prices;

    @Setup(Level.Trial)
    public void hold() {
        ExitDefaults exits = new ExitDefaults(
                new BigDecimal("50"),
                new BigDecimal("1.5"),
                new BigDecimal("1.5"),
                new BigDecimal("0.01"),
                new BreakEven(new BigDecimal("5"), new BigDecimal("0.1")),
                Duration.ofHours(8),
                Rung.ladder("20:0.3, 40:0.3"));
        desk = new Desk(Rules.DEFAULT.withExits(ExitPolicy.SEEDS.withStandard(exits)));
        desk.on(new Event.Restored(Snapshot.EMPTY), NOW);
        List<Instrument> instruments = new ArrayList<>();
        List<VenueEvent.Held> held = new ArrayList<>();
        LotRule lots = new LotRule(new BigDecimal("0.001"), new BigDecimal("1000"), new BigDecimal("0.001"));
        symbols.clear();
        up.clear();
        down.clear();
        for (int i = 0; i < positions; i++) {
            Symbol symbol = new Symbol("S" + i + "USDT");
            symbols.add(symbol);
            instruments.add(new Instrument(
                    symbol,
                    true,
                    Contract.perpetual("USDT"),
                    new Instrument.PriceRule(new BigDecimal("0.001"), BigDecimal.ZERO, BigDecimal.ZERO),
                    lots,
                    lots,
                    new BigDecimal("5")));
            Price entry = new Price(ENTRY);
            held.add(new VenueEvent.Held(symbol, Direction.LONG, Quantity.of("1"), entry, entry, null, 1));
            up.add(marked(symbol, new BigDecimal("10000.5")));
            down.add(marked(symbol, new BigDecimal("9999.5")));
        }
        desk.on(new Event.FromVenue(new VenueEvent.InstrumentsRead(instruments, NOW.nanos())), NOW);
        desk.on(new Event.FromVenue(new VenueEvent.PositionsRead(held, NOW.nanos())), NOW);
        up.forEach(this::on);
        down.forEach(this::on);
        elsewhere = marked(new Symbol("NONEUSDT"), ENTRY);
        prices = 0;
        // What is held is old; the collector is not to carry it about while prices come.
        System.gc();
    }

    private static Event marked(Symbol symbol, BigDecimal price) {
        return new Event.FromVenue(new VenueEvent.Marked(Map.of(symbol, new Price(price)), START));
    }

    private List<Effect> on(Event event) {
        return desk.on(event, NOW);
    }

    /** A price between the levels that is neither the highest nor the lowest of the life. */
    @Benchmark
    public List<Effect> nothingChanges() {
        return between(OFTEN);
    }

    /** The same in every symbol in turn. */
    @Benchmark
    public List<Effect> nothingChangesAnywhere() {
        return between(positions);
    }

    private List<Effect> between(int among) {
        long turn = prices++;
        return on((turn / among % 2 == 0 ? up : down).get((int) (turn % among)));
    }

    /** The best price of the life, a little above the one before: the trailing level rises with it. */
    @Benchmark
    public List<Effect> theTrailingLevelRises() {
        long turn = prices++;
        BigDecimal price = BigDecimal.valueOf(1_000_100_000 + turn, 5);
        return on(marked(symbols.get((int) (turn % OFTEN)), price));
    }

    /** A price of a symbol in which nothing is held. */
    @Benchmark
    public List<Effect> nothingIsHeldThere() {
        return on(elsewhere);
    }
}
