package quantum.trader.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;
import quantum.record.Entry.GuardRow;
import quantum.record.Entry.IntentRow;
import quantum.record.Entry.OrderRow;
import quantum.record.Entry.PlanRow;
import quantum.record.Entry.PositionRow;

/** Rows of every type, drawn from a seed. */
final class Rows {

    private final SplittableRandom random;

    Rows(long seed) {
        this.random = new SplittableRandom(seed);
    }

    Entry any() {
        return switch (random.nextInt(4)) {
            case 0 -> intent();
            case 1 -> order();
            case 2 -> position();
            default -> guards();
        };
    }

    IntentRow intent() {
        Map<String, Long> stages = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            stages.put(text(), random.nextLong(0, Long.MAX_VALUE));
        }
        return new IntentRow(
                "intent-" + random.nextInt(50),
                text(),
                text(),
                "BTCUSDT",
                "BUY",
                maybe(this::text),
                maybe(() -> "FILLED"),
                maybe(this::text),
                maybe(this::text),
                random.nextInt(1, 1000) + "-" + random.nextInt(10),
                instant(),
                stages,
                maybe(() -> List.of(text(), text())));
    }

    OrderRow order() {
        return new OrderRow(
                "order-" + random.nextInt(50),
                "BTCUSDT",
                "BUY",
                "OPEN",
                decimal(),
                random.nextInt(1, 126),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                random.nextBoolean() ? "Working" : "Filled",
                maybe(this::text),
                maybe(this::decimal),
                maybe(this::decimal),
                maybe(this::decimal),
                maybe(this::text),
                instant(),
                maybe(this::instant),
                plan(),
                maybe(this::text));
    }

    PositionRow position() {
        List<String> orders = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            orders.add("order-" + random.nextInt(50));
        }
        return new PositionRow(
                "epoch-" + random.nextInt(50),
                "BTCUSDT",
                "LONG",
                decimal(),
                decimal(),
                random.nextInt(1, 126),
                maybe(this::text),
                instant(),
                random.nextBoolean() ? "OPEN" : "CLOSED",
                plan(),
                decimal(),
                decimal(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                maybe(this::decimal),
                orders,
                Map.of(text(), text()),
                maybe(() -> new Entry.ProgressRow(decimal(), random.nextInt(20), decimal(), random.nextBoolean())),
                maybe(this::instant),
                maybe(this::decimal));
    }

    GuardRow guards() {
        return new GuardRow(
                Map.of("BTCUSDT", instant()),
                List.of(instant(), instant()),
                random.nextBoolean() ? Map.of() : Map.of("ETHUSDT", instant()),
                maybe(this::instant),
                List.of(instant()),
                maybe(this::instant),
                random.nextBoolean(),
                maybe(this::standing));
    }

    private Entry.StandingRow standing() {
        return new Entry.StandingRow(
                random.nextBoolean(),
                random.nextBoolean(),
                Map.of("BTCUSDT", random.nextBoolean()),
                random.nextBoolean() ? List.of() : List.of("ETHUSDT"),
                Map.of("ETHUSDT", List.of(new Entry.EnteredRow("SHORT", instant()))));
    }

    private PlanRow plan() {
        return new PlanRow(
                maybe(this::decimal),
                maybe(this::decimal),
                maybe(this::decimal),
                maybe(this::decimal),
                maybe(this::decimal),
                maybe(this::watch));
    }

    private Entry.WatchRow watch() {
        return new Entry.WatchRow(
                maybe(this::decimal),
                maybe(this::decimal),
                maybe(() -> random.nextLong(0, 1_000_000)),
                maybe(() -> List.of(
                        new Entry.RungRow(decimal(), maybe(this::text), decimal()),
                        new Entry.RungRow(decimal(), null, decimal()))));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private BigDecimal decimal() {
        return BigDecimal.valueOf(random.nextLong(), random.nextInt(0, 19));
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L), random.nextInt(1_000_000_000));
    }

    /** Quotes, controls, accents and more than the basic plane: whatever a producer may put into an id. */
    private String text() {
        String alphabet = "aZ09 \"'\\;\n\t\u0000\u00e9\u4e2d\ud83d\ude00";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
