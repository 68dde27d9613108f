package quantum.trader.command;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a verb says: lines for people, or one JSON object a line. Colour only on a terminal, and never with NO_COLOR. */
final class Terminal {

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
            out.println(text);
            out.flush();
        }
    }

    /** An object for programs; nothing in the other mode. */
    void object(ObjectNode node) {
        if (json) {
            out.println(Json.write(node));
            out.flush();
        }
    }

    String good(String word) {
        return paint("32", word);
    }

    String bad(String word) {
        return paint("31", word);
    }

    private String paint(String code, String word) {
        return colour ? "\u001b[" + code + "m" + word + "\u001b[0m" : word;
    }
}
