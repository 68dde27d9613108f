package quantum.trader.command;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.intent.Stage;
import quantum.record.Entry;
import quantum.trader.ledger.LogRow;
import quantum.trader.ledger.ProcessEvent;
import tools.jackson.databind.JsonNode;

/**
 * What happened to an intent and to the process meanwhile, in the order in which it was recorded. The times beside it are
 * of clocks that move a little against each other, and decide nothing.
 */
final class IntentStory {

    private static final long RECORD_MICROS = 1_000;

    /** The stages that are shown, in their order: what happened in one turn has one time. */
    private static final List<Stage> SHOWN = List.of(
            Stage.RECEIVED,
            Stage.JUDGED,
            Stage.SUBMITTED,
            Stage.UNANSWERED,
            Stage.ASKED,
            Stage.ACCEPTED,
            Stage.PROVEN,
            Stage.FILLED,
            Stage.PROTECTED,
            Stage.REPORTED);

    /** Something that happened, microseconds after the intent was received. */
    record Step(String words, long micros) {}

    /** A stage and the row that told it first. */
    private record Reached(String words, long micros, long seq) {}

    private IntentStory() {}

    /** The intent's stages, and what became of the process between its receipt and its last stage. */
    static List<Step> of(Entry.IntentRow intent, List<LogRow> history, List<ProcessEvent> processes) {
        List<Reached> stages = stages(intent, history);
        List<Step> steps = new ArrayList<>();
        int told = 0;
        for (ProcessEvent event : processes) {
            int before = told;
            while (told < stages.size() && stages.get(told).seq() <= event.afterSeq()) {
                told++;
            }
            stages.subList(before, told).forEach(stage -> add(steps, stage.words(), stage.micros()));
            boolean goesOn = told < stages.size() || intent.terminalState() == null;
            if (told > 0 && goesOn) {
                add(steps, words(event), micros(intent, event));
            }
        }
        stages.subList(told, stages.size()).forEach(stage -> add(steps, stage.words(), stage.micros()));
        return steps;
    }

    private static List<Reached> stages(Entry.IntentRow intent, List<LogRow> history) {
        Map<String, Long> first = new HashMap<>();
        for (LogRow row : history) {
            JsonNode stages = Json.read(row.body()).path("stages");
            stages.propertyNames().forEach(name -> first.putIfAbsent(name, row.seq()));
        }
        List<Reached> reached = new ArrayList<>();
        for (Stage stage : SHOWN) {
            Long micros = intent.stages().get(stage.word());
            if (micros != null) {
                reached.add(new Reached(words(stage), micros, first.getOrDefault(stage.word(), Long.MAX_VALUE)));
            }
        }
        reached.sort(Comparator.comparingLong(Reached::seq).thenComparingLong(Reached::micros));
        return reached;
    }

    private static String words(Stage stage) {
        return switch (stage) {
            case JUDGED -> "decided";
            case SUBMITTED -> "sent";
            case UNANSWERED -> "no answer";
            case RECEIVED, TURNING, ASKED, ACCEPTED, PROVEN, PENDING, FILLED, PROTECTED, REPORTED -> stage.word();
        };
    }

    private static void add(List<Step> steps, String words, long micros) {
        long before = steps.isEmpty() ? 0 : steps.getLast().micros();
        steps.add(new Step(words, Math.max(before, micros)));
    }

    /** Of a killed process only its last record is known; what that told was so before the end. */
    private static long micros(Entry.IntentRow intent, ProcessEvent event) {
        long after = event.kind() == ProcessEvent.Kind.KILLED ? RECORD_MICROS : 0;
        return ChronoUnit.MICROS.between(intent.receivedAt(), event.at()) + after;
    }

    private static String words(ProcessEvent event) {
        return switch (event.kind()) {
            case STARTED -> "started again";
            case STOPPED -> "process stopped";
            case KILLED -> "process stopped without a word";
        };
    }
}
