package quantum.trader.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import quantum.intent.Stage;
import quantum.record.Entry.IntentRow;

/**
 * How long intents took to reach each stage. A row is written again when its position becomes protected after the
 * report, so each stage of an intent is recorded once.
 */
final class Stages {

    /** The report of an intent that was not executed. */
    private static final String REFUSED = "refused";

    static final List<String> NAMES = Stream.concat(
                    Stream.of(
                                    Stage.JUDGED,
                                    Stage.SUBMITTED,
                                    Stage.ACCEPTED,
                                    Stage.FILLED,
                                    Stage.REPORTED,
                                    Stage.PROTECTED)
                            .map(Stage::word),
                    Stream.of(REFUSED))
            .toList();

    private final Map<String, Timer> timers = new HashMap<>();
    private final Map<String, Set<String>> recorded = new Recent<>();

    Stages(Function<String, Timer> timer) {
        NAMES.forEach(name -> timers.put(name, timer.apply(name)));
    }

    void written(IntentRow row) {
        String state = row.terminalState();
        if (state == null) {
            return;
        }
        Set<String> before = recorded.put(row.intentId(), row.stages().keySet());
        boolean executed = switch (state) {
            case "FILLED", "PARTIAL", "UPDATED" -> true;
            default -> false;
        };
        row.stages().forEach((stage, micros) -> {
            if (before == null || !before.contains(stage)) {
                // The instant answer to a refused intent would hide how long a real report takes.
                Timer timer = timers.get(!executed && stage.equals(Stage.REPORTED.word()) ? REFUSED : stage);
                if (timer != null) {
                    timer.record(micros, TimeUnit.MICROSECONDS);
                }
            }
        });
    }
}
