package quantum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import quantum.trader.Trader;

/** Measures and prints a table in Markdown. Arguments name the parts to run; none means all. */
public final class Bench {

    private static final int WARM_ROUNDS = 4;
    private static final int ROUNDS = 12;
    /** Measured journeys of a round, after a first few that set the leverage of each symbol. */
    private static final int ROUND = 100;

    private static final int FIRST = 2 * Exchange.SYMBOLS.size();
    /** What the one before still does in the background ends in this time; {@code -Dbench.rest=0} for none. */
    private static final Duration REST = Duration.ofMillis(Integer.getInteger("bench.rest", 10));

    private static final List<String> PARTS = List.of("journey", "exits", "simulator", "demo");

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        // As the launcher sets it.
        System.setProperty("jdk.httpclient.keepalive.timeout", "300");
        List<String> parts = arguments.length == 0 ? PARTS : List.of(arguments);
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("parts are " + String.join(", ", PARTS));
        }
        Table table = new Table();
        table.machine();
        if (parts.contains("journey")) {
            journey(table);
        }
        if (parts.contains("exits")) {
            table.exits(Entries.measure(), Breaches.measure());
        }
        if (parts.contains("simulator")) {
            table.simulator(Orders.flood(), Orders.paced(Table.PACE), Marks.measure());
        }
        if (parts.contains("demo")) {
            Path launcher = Path.of("quantum").toAbsolutePath();
            if (!Files.isExecutable(launcher)) {
                throw new IllegalArgumentException("run it where the launcher is, or name other parts");
            }
            table.demo(Demo.run(launcher));
        }
        System.exit(0);
    }

    /**
     * Floors and journeys take turns, so that both see the same machine. Each round has a service of its own, so that
     * what it remembers of the last minute stays as small as at the rates it is made for.
     */
    private static void journey(Table table) throws IOException, InterruptedException {
        Floors.Found floors = new Floors.Found();
        Journey.Found journeys = new Journey.Found();
        for (int round = 1; round <= WARM_ROUNDS + ROUNDS; round++) {
            boolean warm = round > WARM_ROUNDS;
            round(warm ? floors : new Floors.Found(), warm ? journeys : new Journey.Found());
            System.err.print("\rround " + round + " of " + (WARM_ROUNDS + ROUNDS) + " ");
            System.err.flush();
        }
        System.err.println();
        table.journey(journeys, floors);
    }

    private static void round(Floors.Found floorsFound, Journey.Found journeysFound)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("quantum-bench-");
        try (Exchange exchange = new Exchange(Duration.ofMillis(3), Duration.ofMillis(5));
                Trader trader = MeasuredTrader.start(data, exchange);
                Floors floors = new Floors(trader.redis(), data);
                Journey journey = new Journey(trader)) {
            for (int i = 0; i < FIRST + ROUND; i++) {
                boolean counts = i >= FIRST;
                TimeUnit.NANOSECONDS.sleep(REST.toNanos());
                floors.measure(counts ? floorsFound : new Floors.Found());
                TimeUnit.NANOSECONDS.sleep(REST.toNanos());
                journey.travel(counts);
            }
            journey.evaluate(exchange, trader.ledger().view(), journeysFound);
        } finally {
            delete(data);
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
