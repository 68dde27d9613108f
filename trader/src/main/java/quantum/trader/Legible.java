package quantum.trader;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The one place where texts of others, an exchange's message or a producer's id, become fit for a log and a terminal: what
 * moves a cursor, colours, rings, breaks a line or turns the direction of writing is shown as {@code \\u009b} and does
 * nothing. Within JSON that is the same text.
 */
public final class Legible {

    private static final String ODD = "\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff";
    private static final Pattern IN_A_LINE = Pattern.compile("[\\u0000-\\u001f" + ODD + "]");
    private static final Pattern IN_LINES = Pattern.compile("[\\u0000-\\u0008\\u000b-\\u001f" + ODD + "]");

    private Legible() {}

    /** One line. */
    public static String line(String text) {
        return escaped(IN_A_LINE, text);
    }

    /** Lines that are ours: their breaks and tabs stay. */
    public static String lines(String text) {
        return escaped(IN_LINES, text);
    }

    private static String escaped(Pattern odd, String text) {
        return odd.matcher(text).replaceAll(Legible::escape);
    }

    private static String escape(MatchResult odd) {
        return String.format(Locale.ROOT, "\\\\u%04x", (int) odd.group().charAt(0));
    }
}
