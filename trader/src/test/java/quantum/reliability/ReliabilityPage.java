package quantum.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The page of docs, made from a result file: the words come from a resource, the figures from the run. */
final class ReliabilityPage {

    private ReliabilityPage() {}

    static String of(JsonNode result) throws IOException {
        String words;
        try (InputStream in = ReliabilityPage.class.getResourceAsStream("/reliability.md")) {
            words = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        JsonNode simulation = result.path("simulation");
        return words.replace("${simulation}", counts(simulation))
                .replace("${sweep}", counts(result.path("sweep")))
                .replace("${faults}", byKind(simulation))
                .replace("${laws}", laws(simulation))
                .replace("${mutants}", mutants(result.path("mutants")))
                .replace("${processes}", others(result));
    }

    private static String counts(JsonNode run) {
        if (run.isMissingNode()) {
            return "not run";
        }
        StringBuilder table = new StringBuilder("| Figure | Count |\n|---|---|\n");
        for (String name : new String[] {
            "schedules", "violations", "events", "faults", "processes", "orders", "fills", "first_seed", "seconds"
        }) {
            row(table, name.replace('_', ' '), run.path(name).asString());
        }
        return table.toString().strip();
    }

    private static String byKind(JsonNode run) {
        StringBuilder table = new StringBuilder("| Kind | Count |\n|---|---|\n");
        for (String group : new String[] {"faults_by_kind", "crash_points", "steps"}) {
            Map<String, String> sorted = new TreeMap<>();
            run.path(group).forEachEntry((name, count) -> sorted.put(name, count.asString()));
            String prefix = switch (group) {
                case "crash_points" -> "process ends ";
                case "steps" -> "step ";
                default -> "";
            };
            sorted.forEach((name, count) -> row(table, prefix + words(name), count));
        }
        return table.toString().strip();
    }

    private static String laws(JsonNode run) {
        StringBuilder table = new StringBuilder("| Law | Invariants | Checks | Smallest slack |\n|---|---|---|---|\n");
        run.path("laws").forEachEntry((name, law) -> {
            JsonNode slack = law.path("smallest_slack_ms");
            table.append("| ")
                    .append(words(name))
                    .append(" | ")
                    .append(law.path("invariants").asString())
                    .append(" | ")
                    .append(law.path("checks").asString())
                    .append(" | ")
                    .append(slack.isMissingNode() ? "" : slack.asString() + " ms")
                    .append(" |\n");
        });
        return table.toString().strip();
    }

    private static String mutants(JsonNode mutants) {
        StringBuilder table = new StringBuilder("| Mutant | Bug | Caught by | Seed |\n|---|---|---|---|\n");
        mutants.forEachEntry((name, mutant) -> table.append("| ")
                .append(words(name))
                .append(" | ")
                .append(mutant.path("bug").asString())
                .append(" | ")
                .append(words(mutant.path("caught_by").asString()))
                .append(" | ")
                .append(mutant.path("seed").asString())
                .append(" |\n"));
        return table.toString().strip();
    }

    /** Every other section, one row a figure. */
    private static String others(JsonNode result) {
        StringBuilder table = new StringBuilder("| Run | Figure | Value |\n|---|---|---|\n");
        result.forEachEntry((section, figures) -> {
            if (!section.equals("simulation") && !section.equals("sweep") && !section.equals("mutants")) {
                figures.forEachEntry((name, value) -> table.append("| ")
                        .append(words(section))
                        .append(" | ")
                        .append(words(name))
                        .append(" | ")
                        .append(value.isContainer() ? value.toString() : value.asString())
                        .append(" |\n"));
            }
        });
        return table.toString().strip();
    }

    private static void row(StringBuilder table, String name, String value) {
        table.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
