package quantum.trader.command;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.trader.Legible;
import tools.jackson.databind.node.ObjectNode;

/** What a verb says: lines for people, or one JSON object a line. Colour only on a terminal, and never with NO_COLOR. */
final class Terminal {

    /** Our own colours until a line is otherwise legible; these are no characters. */
    private static final String BEGIN = "\ufdd0";

    private static final String MIDDLE = "\ufdd1";
    private static final String END = "\ufdd2";

    private final PrintStream out;
    private final boolean json;
    private final boolean colour;

    Terminal(PrintStream out, boolean json, Map<String, String> environment) {
        this.out = out;
        this.json = json;
        Console console = System.console();
        boolean people = !json && isTerminal(console);
        this.colour = people && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    static Terminal standard(boolean json) {
        return new Terminal(System.out, json, System.getenv());
    }

    boolean isJson() {
        return json;
    }

    /** A line for people; nothing in JSON mode. */
    void line(String text) {
        if (!json) {
            out.println(coloured(Legible.lines(text)));
            out.flush();
        }
    }

    /** An object for programs; nothing in the other mode. */
    void object(ObjectNode node) {
        if (json) {
            out.println(Legible.lines(Json.write(node)));
            out.flush();
        }
    }

    /** Foreign words as they can be shown: what would steer a terminal is left away. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    String good(String word) {
        return paint("32", word);
    }

    String bad(String word) {
        return paint("31", word);
    }

    private String paint(String code, String word) {
        return colour ? BEGIN + code + MIDDLE + word + END : word;
    }

    private String coloured(String text) {
        return colour ? text.replace(BEGIN, "\u001b[").replace(MIDDLE, "m").replace(END, "\u001b[0m") : text;
    }
}
