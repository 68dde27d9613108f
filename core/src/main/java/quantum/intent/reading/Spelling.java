package quantum.intent.reading;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names as producers mean them: {@code REDUCE_ONLY}, {@code reduce-only} and {@code params.reduceOnly} are one name.
 * A spelling that was not known opened a position where an exit was meant (INC-I35, J-1).
 */
public final class Spelling {

    /** Objects in which client libraries and chart scripts put what belongs to the order itself. */
    static final Set<String> WRAPPERS = Set.of("params", "info", "strategy", "order");

    /** Whatever is no letter ends a word, and so does a change of case: exitLong is two words, TPHit as well. */
    private static final Pattern WORD_ENDS =
            Pattern.compile("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private Spelling() {}

    /** Without case, separators and the names of wrapping objects. */
    public static String of(String name) {
        // Each message is asked for some two hundred names, most of them spelled already.
        if (isSpelled(name)) {
            return name;
        }
        String bare = name.strip();
        int dot = bare.indexOf('.');
        // Libraries wrap more than once: params.order.reduceOnly.
        while (dot > 0 && WRAPPERS.contains(bare.substring(0, dot).toLowerCase(Locale.ROOT))) {
            bare = bare.substring(dot + 1);
            dot = bare.indexOf('.');
        }
        StringBuilder letters = new StringBuilder(bare.length());
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c != '_' && c != '-' && c != '.' && !Character.isWhitespace(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString();
    }

    /** Small letters of ASCII alone; everything else takes the long way. */
    private static boolean isSpelled(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 'a' || c > 'z') {
                return false;
            }
        }
        return true;
    }

    /** The words of a text, {@code exitLong} and {@code EXIT_LONG} alike. */
    static List<String> words(String text) {
        return WORD_ENDS
                .splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether so few letters were added, left out, changed or exchanged that the other was meant. */
    static boolean isNear(String one, String other, int most) {
        // A letter more or less is a slip each, so that such names cannot be near.
        if (Math.abs(one.length() - other.length()) > most) {
            return false;
        }
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(one, other, steps, i, j);
            }
        }
        return steps[one.length()][other.length()] <= most;
    }

    /** Two neighbours that changed places are one slip and not two: levarage is near, and so is levergae. */
    private static int cheapest(String one, String other, int[][] steps, int i, int j) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int least = Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean exchanged =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return exchanged ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
