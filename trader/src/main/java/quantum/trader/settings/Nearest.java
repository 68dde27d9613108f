package quantum.trader.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The valid name that a mistyped one most likely meant, or none: a wrong guess is worse than no guess. */
public final class Nearest {

    private Nearest() {}

    /** A name that begins, or is, almost as what was typed; at most each third letter may be wrong. */
    public static Optional<String> to(String typed, Stream<String> valid) {
        String word = typed.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(1, word.length() / 3);
        return valid.map(name -> Candidate.of(word, name))
                .filter(candidate -> candidate.toBeginning() <= tolerance)
                .min(Comparator.comparingInt(Candidate::toBeginning).thenComparingInt(Candidate::toAll))
                .map(Candidate::name);
    }

    private record Candidate(String name, int toBeginning, int toAll) {
        static Candidate of(String word, String name) {
            int[] distances = distances(word, name.toLowerCase(Locale.ROOT));
            return new Candidate(name, Arrays.stream(distances).min().orElseThrow(), distances[distances.length - 1]);
        }
    }

    /** Insertions, deletions and replacements between a word and each beginning of another. */
    private static int[] distances(String word, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= word.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (word.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row;
    }
}
