package quantum.trader.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.desk.Event;
import quantum.desk.GuardRows;
import quantum.guard.GuardName;
import quantum.guard.Guards;
import quantum.market.Symbol;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a person may order under {@code /api/v1/control}; each order needs the operator's token. */
final class Controls {

    static final String ROOT = "/api/v1/control/";
    private static final int LONGEST_WHY = 500;

    private final PageSource source;
    private final Operator operator;
    private final OperatorToken token;
    private final boolean observing;

    Controls(PageSource source, Operator operator, OperatorToken token, PageOptions options) {
        this.source = source;
        this.operator = operator;
        this.token = token;
        this.observing = options.mode().endsWith("-observe");
    }

    void serve(RoutesConfig routes) {
        routes.post(ROOT + "pause", context -> order(context, new Event.Command.Pause()));
        routes.post(ROOT + "resume", context -> order(context, new Event.Command.Resume()));
        routes.post(ROOT + "flatten", this::flatten);
        routes.post(ROOT + "safety", this::clear);
    }

    /** How far an order has come: what is held and in flight of what it is about. */
    private record Progress(
            TradingState state, Instant at, boolean recorded, boolean flattening, int positions, int ordersInFlight) {}

    private void flatten(Context context) {
        requireOperator(context);
        if (observing) {
            throw raised(409, "Observing", "OBSERVED", "observe mode sends no order; nothing is flattened");
        }
        order(context, new Event.Command.Flatten(symbol(body(context))));
    }

    private static @Nullable Symbol symbol(JsonNode body) {
        JsonNode name = body.path("symbol");
        if (name.isMissingNode() || name.isNull()) {
            return null;
        }
        try {
            return new Symbol(name.asString().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            // Everything would be more than was meant.
            throw raised(400, "Bad symbol", "SYMBOL_INVALID", "symbol must be a name such as BTCUSDT, or be absent");
        }
    }

    private void clear(Context context) {
        requireOperator(context);
        JsonNode body = body(context);
        String words = body.path("name").asString("");
        String why = body.path("why").asString("").strip();
        GuardName name = GuardName.parse(words);
        if (name == null) {
            throw raised(400, "No such guard", "GUARD_UNKNOWN", "name must be one of " + GuardName.FORMS);
        }
        if (why.isEmpty() || why.length() > LONGEST_WHY) {
            throw raised(400, "Why is missing", "WHY_MISSING", "why must say in 1 to 500 characters why it is safe");
        }
        DeskView view = started();
        Guards guards = GuardRows.guards(view.guards());
        if (!guards.active(view.at()).containsKey(name)) {
            String active = guards.active(view.at()).keySet().stream()
                    .map(GuardName::toString)
                    .collect(Collectors.joining(", "));
            throw raised(
                    404,
                    "Not active",
                    "GUARD_NOT_ACTIVE",
                    name + " stops nothing now; active: " + (active.isEmpty() ? "none" : active));
        }
        order(context, new Event.Command.Clear(name, why));
    }

    private void order(Context context, Event.Command command) {
        requireOperator(context);
        started();
        Operator.Done done = operator.order(command);
        if (done == null) {
            throw raised(503, "No answer", "LOOP_STANDS_STILL", "the desk does not answer; look at /health");
        }
        Symbol only = command instanceof Event.Command.Flatten(Symbol symbol) ? symbol : null;
        context.status(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(Json.bytes(progress(done, only)));
    }

    private static Progress progress(Operator.Done done, @Nullable Symbol only) {
        DeskView view = done.view();
        return new Progress(
                TradingState.of(view),
                view.at(),
                done.recorded(),
                GuardRows.guards(view.guards()).standing().isFlattening(),
                (int) view.positions().stream()
                        .filter(position -> isMeant(only, position.symbol()))
                        .count(),
                (int) view.ordersInFlight().stream()
                        .filter(order -> isMeant(only, order.symbol()))
                        .count());
    }

    private static boolean isMeant(@Nullable Symbol only, String symbol) {
        return only == null || only.name().equals(symbol);
    }

    private void requireOperator(Context context) {
        String authorization = context.header("Authorization");
        if (!token.isProvenBy(authorization)) {
            context.header("WWW-Authenticate", "Bearer");
            throw raised(
                    401,
                    "Not the operator",
                    authorization == null ? "TOKEN_MISSING" : "TOKEN_WRONG",
                    "send the text of " + OperatorToken.FILE + " in the data directory as Authorization: Bearer TEXT");
        }
    }

    /** What was remembered must be read before it is changed. */
    private DeskView started() {
        DeskView view = source.view();
        if (view == null) {
            throw raised(503, "Starting", "STARTING", "the desk is starting; try again in a second");
        }
        return view;
    }

    private static JsonNode body(Context context) {
        String text = context.body();
        try {
            JsonNode body = Json.tree(text.isBlank() ? "{}" : text);
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException _) {
            // Told below.
        }
        throw raised(400, "Bad body", "BODY_INVALID", "the body must be one JSON object");
    }

    private static Problem.Raised raised(int status, String title, String code, String detail) {
        return new Problem.Raised(new Problem(title, status, code, detail));
    }
}
