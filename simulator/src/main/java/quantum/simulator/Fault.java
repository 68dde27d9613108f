package quantum.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One disturbance: what it meets, when and how often, and its effects, which come together. One that joins strikes beside
 * other counted ones; else only the first of those meets a request or frame.
 */
public record Fault(Match match, Life life, boolean joins, List<Effect> effects) {

    public Fault {
        effects = List.copyOf(effects);
    }

    public Fault(Match match, Life life, List<Effect> effects) {
        this(match, life, false, effects);
    }

    /** A method or {@code *}, a path that may end in {@code *}, and a symbol or any. */
    public record Match(
            String method, String path, @Nullable String symbol) {

        boolean meets(Encounter encounter) {
            if (symbol != null && !symbol.equals(encounter.symbol())) return false;
            return encounter.names().stream().anyMatch(this::meets);
        }

        private boolean meets(String name) {
            int space = name.indexOf(' ');
            if (!method.equals("*") && !method.equals(name.substring(0, space))) return false;
            var wanted = name.substring(space + 1);
            return path.endsWith("*") ? wanted.startsWith(path.substring(0, path.length() - 1)) : path.equals(wanted);
        }

        /** True for a fault that waits for nothing. */
        public boolean nothing() {
            return path.isEmpty();
        }
    }

    /** How many it lets pass, how many it then meets, and between which moments, in epoch nanoseconds. */
    public record Life(int skip, int count, long from, long until) {

        /** The count of a fault that lives by its time alone; it adds to whatever else meets a request. */
        public static final int STANDING = Integer.MAX_VALUE;
    }

    /** One thing it does; milliseconds for delay and silence, a change for what alters content or headers. */
    public record Effect(
            FaultKind kind,
            Answer answer,
            long millis,
            @Nullable Change change) {

        /** The exchange never throttles what makes a position smaller (binance-usdm 8.2, 503 D). */
        boolean exempts(Encounter encounter) {
            return kind.stage() == FaultKind.Stage.INSTEAD && answer.code() == -1008 && encounter.closing();
        }
    }

    /** A field by its dotted name and its new value; without one it is removed. Only chosen elements change, if any are. */
    public record Change(
            String field,
            @Nullable JsonNode value,
            @Nullable Elements elements) {

        public Change(String field, @Nullable JsonNode value) {
            this(field, value, null);
        }
    }

    /** Some elements of a list: where the list is (dotted; empty for the answer itself), and which of it. */
    public record Elements(String list, Choice choice) {}

    /** All, one by its number (from the end if negative), or those whose fields read like this. */
    public sealed interface Choice {

        record All() implements Choice {}

        record Nth(int index) implements Choice {}

        record Like(JsonNode fields) implements Choice {}
    }

    /** The answer of the kinds that invent one; a body, where given, replaces code and message. */
    public record Answer(
            int status, int code, String message, @Nullable String body) {

        public String text() {
            if (body != null) return body;
            return Json.text(Json.object().put("code", code).put("msg", message));
        }
    }

    /** What a fault may meet: all names of one request or frame, each a method and a path. */
    public record Encounter(List<String> names, @Nullable String symbol, boolean closing) {

        public Encounter {
            names = List.copyOf(names);
        }
    }
}
