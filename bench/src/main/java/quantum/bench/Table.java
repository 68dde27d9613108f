package quantum.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;

/** The report on standard output. */
final class Table {

    /** Orders a second at which answers are timed. */
    static final int PACE = 300;

    private final PrintStream out = System.out;

    void machine() {
        out.println(Runtime.getRuntime().availableProcessors() + " cores, JDK " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", clock step "
                + Clock.resolution() + " ns, load before " + load());
        out.println();
    }

    /** The load average of the last minute, where the machine tells it. */
    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        } catch (IOException _) {
            return "unknown";
        }
    }

    void journey(Journey.Found journey, Floors.Found floors) {
        out.println(journey.order().count() + " intents, times in microseconds");
        out.println();
        out.println("| Figure | p50 / p99 | Floor | Floor's p50 | Ratio of p50 | Target | Reached |");
        out.println("|---|---|---|---|---|---|---|");
        double way = floors.hop().median()
                + floors.commit().median()
                + floors.oneWay().median();
        double order = journey.order().median();
        row(
                "XADD of an intent → order at the exchange",
                journey.order(),
                "Redis hop + commit + request one way",
                way,
                "at most 3 times the floor",
                order <= 3 * way);
        row(
                "fill at the exchange → report in the stream",
                journey.report(),
                "WebSocket frame + XADD",
                floors.frame().median() + floors.publication().median(),
                "under 5,000",
                journey.report().median() < 5_000);
        double trip = floors.roundTrip().median();
        row(
                "fill at the exchange → stop at the exchange",
                journey.stop(),
                "one request",
                trip,
                "one request + 5,000",
                journey.stop().median() <= trip + 5_000);
        out.println();
        out.println("| Floor | p50 / p99 |");
        out.println("|---|---|");
        floor("Redis hop: XADD → XREADGROUP on another thread", floors.hop());
        floor("SQLite commit of one row", floors.commit());
        floor("request, one way", floors.oneWay());
        floor("request, round trip", floors.roundTrip());
        floor("WebSocket frame", floors.frame());
        floor("XADD → XREAD on another thread", floors.publication());
        out.println();
        out.println("| Since the desk has the intent | p50 / p99 |");
        out.println("|---|---|");
        journey.stages().entrySet().stream()
                .filter(stage -> stage.getValue().median() > 0)
                .sorted(Comparator.comparingDouble(stage -> stage.getValue().median()))
                .forEach(stage -> floor(stage.getKey(), stage.getValue()));
        out.println();
    }

    void exits(Entries.Found entries, Breaches.Found breaches) {
        out.println("| Exits, times in microseconds | Found: p50 / p99 | Target of p99 | Reached |");
        out.println("|---|---|---|---|");
        exit("fill at the exchange → stop live at the exchange", entries.exchange(), 150_000);
        exit("fill heard → stop seen live", entries.learned(), 150_000);
        exit("price through the level, at the exchange → close at the exchange", breaches.close(), 20_000);
        exit("the same price heard by another listener → close at the exchange", breaches.heard(), 0);
        out.println();
        out.println("| Floor, in turn with the closes | p50 / p99 |");
        out.println("|---|---|");
        floor("SQLite commit of one row", breaches.floors().commit());
        floor("request, one way", breaches.floors().oneWay());
        out.println();
        out.printf(
                Locale.ROOT,
                "%,d entries at %d a second; %,d closes. Load after %s.%n%n",
                entries.exchange().count(),
                Entries.PACE,
                breaches.close().count(),
                load());
    }

    private void exit(String name, Samples samples, long target) {
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s |%n",
                name,
                samples.shown(),
                target == 0 ? "" : String.format(Locale.ROOT, "under %,d", target),
                target == 0 ? "" : reached(samples.micros(99) < target));
    }

    private void row(String name, Samples samples, String floorName, double floor, String target, boolean reached) {
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %,.0f | %.1f | %s | %s |%n",
                name,
                samples.shown(),
                floorName,
                floor,
                samples.median() / floor,
                target,
                reached(reached));
    }

    private void floor(String name, Samples samples) {
        out.println("| " + name + " | " + samples.shown() + " |");
    }

    void simulator(Orders.Found flood, Orders.Found paced, Marks.Found marks) {
        out.println("| Simulator, its clients in the same process | Found | Target | Reached |");
        out.println("|---|---|---|---|");
        out.printf(
                Locale.ROOT,
                "| orders a second, four clients without pause | %,.0f (answers lost: %d) | 2,000 | %s |%n",
                flood.rate(),
                flood.lost(),
                reached(flood.rate() >= 2_000));
        out.printf(
                Locale.ROOT,
                "| µs to an answer at %d orders a second, p50 / p99 | %s | p99 under 10,000 | %s |%n",
                PACE,
                paced.answers().shown(),
                reached(paced.answers().micros(99) < 10_000));
        out.printf(
                Locale.ROOT,
                "| %,d symbols of marks a second to %d listeners: µs behind, p50 / p99 | %s | a frame a second each, none"
                        + " a second behind | %s |%n",
                Marks.SYMBOLS,
                Marks.LISTENERS,
                marks.lag().shown(),
                reached(marks.fewest() >= marks.seconds() - 1 && marks.lag().micros(100) < 1e6));
        out.printf(
                Locale.ROOT,
                "| the same: share of one core, clients included | %.0f %% | | |%n%n",
                marks.cores() * 100);
    }

    private static String reached(boolean yes) {
        return yes ? "yes" : "**no**";
    }

    void demo(Demo demo) {
        out.println("| Demo | Found | Target | Reached |");
        out.println("|---|---|---|---|");
        demo("ready", demo.readySeconds(), "s", 5);
        demo("first protected fill", demo.protectedSeconds(), "s", 15);
        demo("resident memory at the end of its minute", demo.residentMegabytes(), "MB", 256);
        out.println();
        if (demo.exitCode() != 0) {
            out.println("The demo ended with exit code " + demo.exitCode() + ".");
        }
    }

    private void demo(String name, double value, String unit, double limit) {
        out.printf(
                Locale.ROOT,
                "| %s | %.1f %s | under %.0f %s | %s |%n",
                name,
                value,
                unit,
                limit,
                unit,
                reached(value > 0 && value < limit));
    }
}
