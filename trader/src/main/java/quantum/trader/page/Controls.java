package quantum.trader.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.decision.Event;
import quantum.desk.DeskView;
import quantum.desk.TradingState;
import quantum.guard.GuardName;
import quantum.guard.Guards;
import quantum.market.Symbol;
import quantum.record.GuardRows;

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
        routes.post(ROOT + "pause", context -> plain(context, new Event.Command.Pause()));
        routes.post(ROOT + "resume", context -> plain(context, new Event.Command.Resume()));
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
        ControlBody body = ControlBody.of(context, "symbol", "all");
        if (body.has("symbol") == body.has("all")) {
            throw ControlBody.refused(
                    "TARGET_MISSING", "say what to close: {\"symbol\":\"BTCUSDT\"} or, for everything, {\"all\":true}");
        }
        if (body.has("symbol")) {
            flatten(context, symbol(body.text("symbol")));
        } else if (body.isTrue("all")) {
            order(context, new Event.Command.Flatten(null));
        } else {
            throw ControlBody.refused("ALL_INVALID", "all can only be true; to close one symbol name it in symbol");
        }
    }

    private void flatten(Context context, Symbol symbol) {
        HeldSymbols.refusal(started(), symbol).ifPresent(words -> {
            throw raised(404, "Not held", "NOT_HELD", words);
        });
        order(context, new Event.Command.Flatten(symbol));
    }

    private static Symbol symbol(@Nullable String name) {
        try {
            if (name != null) {
                return new Symbol(name.toUpperCase(Locale.ROOT));
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw ControlBody.refused("SYMBOL_INVALID", "symbol must be text, a name such as BTCUSDT");
    }

    private void clear(Context context) {
        requireOperator(context);
        ControlBody body = ControlBody.of(context, "name", "why");
        String words = body.text("name");
        String given = body.text("why");
        String why = given == null ? "" : given.strip();
        GuardName name = words == null ? null : GuardName.parse(words);
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

    private void plain(Context context, Event.Command command) {
        requireOperator(context);
        ControlBody.of(context);
        order(context, command);
    }

    /** Asked for by the operator alone: whoever calls this has seen to it. */
    private void order(Context context, Event.Command command) {
        started();
        requireInTime(context);
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
                                .count()
                        + (int) view.unclear().stream()
                                .filter(row -> isMeant(only, row.symbol()))
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

    /** What lay in a queue until its caller had gone is not carried out behind his back. */
    private static void requireInTime(Context context) {
        String until = context.header(Operator.UNTIL);
        try {
            if (until != null && Instant.now().isAfter(Instant.parse(until))) {
                throw raised(
                        408, "Too late", "ORDER_TOO_LATE", "it was to be taken up until " + until + "; order it again");
            }
        } catch (DateTimeParseException _) {
            throw raised(
                    400,
                    "No time",
                    "UNTIL_INVALID",
                    Operator.UNTIL + " must be a UTC time such as 2026-01-05T10:00:00Z");
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

    private static Problem.Raised raised(int status, String title, String code, String detail) {
        return new Problem.Raised(new Problem(title, status, code, detail));
    }
}
