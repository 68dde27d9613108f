package quantum.trader.settings;

import java.util.Comparator;
import java.util.stream.Stream;

/** The valid name that a mistyped one most likely meant. */
final class Nearest {

    private Nearest() {}

    static String of(String typed, Stream<String> valid) {
        return valid.min(Comparator.comparingInt(name -> distance(typed, name))).orElse("");
    }

    /** Insertions, deletions and replacements between two names. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
