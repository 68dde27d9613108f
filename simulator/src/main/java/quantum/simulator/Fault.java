package quantum.simulator;

import org.jspecify.annotations.Nullable;

/** One disturbance: which requests it meets, how often, and what it does to them. */
public record Fault(
        String method, String path, @Nullable String symbol, int count, FaultKind kind, Answer answer, long millis) {

    /** The answer of the kinds that invent one; a body, where given, replaces code and message. */
    public record Answer(
            int status, int code, String message, @Nullable String body) {

        public String text() {
            if (body != null) return body;
            return Json.text(Json.object().put("code", code).put("msg", message));
        }
    }

    Fault counted() {
        return new Fault(method, path, symbol, count - 1, kind, answer, millis);
    }

    boolean meets(String requestMethod, String requestPath, @Nullable String requestSymbol) {
        if (!method.equals("*") && !method.equals(requestMethod)) return false;
        var pathFits = path.endsWith("*")
                ? requestPath.startsWith(path.substring(0, path.length() - 1))
                : path.equals(requestPath);
        return pathFits && (symbol == null || symbol.equals(requestSymbol));
    }
}
