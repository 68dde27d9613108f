package quantum.trader.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.desk.TradingState;
import quantum.record.Entry;
import quantum.record.GuardRows;
import quantum.trader.ledger.LogRow;
import quantum.trader.ledger.OutboxRow;
import quantum.venue.VenueEvent.Unclear;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The read-only interfaces under {@code /api/v1}: the present from the desk, the past from the ledger. */
final class Interfaces {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final PageSource source;
    private final PageOptions options;

    Interfaces(PageSource source, PageOptions options) {
        this.source = source;
        this.options = options;
    }

    void serve(RoutesConfig routes) {
        routes.get("/api/v1/positions", this::positions);
        routes.get("/api/v1/orders", this::orders);
        routes.get("/api/v1/trades", context -> notices(context, "trades"));
        routes.get("/api/v1/alerts", context -> notices(context, "alerts"));
        routes.get("/api/v1/intents", this::intents);
        routes.get("/api/v1/intents/{id}", this::intent);
        routes.get("/api/v1/guards", this::guards);
        routes.get("/api/v1/refusals", this::refusals);
    }

    private void positions(Context context) {
        Snapshot now = Snapshot.of(source.view(), options);
        answer(context, new Positions(now.at(), now.positions(), now.unclear()));
    }

    /** What is held, and rows of the exchange that say so in words that are not clear. */
    private record Positions(@Nullable Instant at, List<Snapshot.Position> positions, List<Unclear> unclear) {}

    private void orders(Context context) {
        answer(context, Map.of("orders", source.ledger().orders(limit(context))));
    }

    private void intents(Context context) {
        List<Entry.IntentRow> rows = source.ledger().recentIntents(limit(context));
        answer(context, Map.of("intents", rows.stream().map(Snapshot::ending).toList()));
    }

    /** Intents that became no order, the latest first, since the service started. */
    private void refusals(Context context) {
        DeskView view = source.view();
        List<Entry.IntentRow> rows = view == null ? List.of() : view.refusals();
        answer(
                context,
                Map.of(
                        "refusals",
                        rows.stream()
                                .limit(limit(context))
                                .map(Snapshot::ending)
                                .toList()));
    }

    private void notices(Context context, String name) {
        int limit = limit(context);
        List<OutboxRow> rows = name.equals("trades")
                ? source.ledger().closedTrades(limit)
                : source.ledger().alerts(limit);
        answer(context, Map.of(name, rows.stream().map(Interfaces::notice).toList()));
    }

    /** The published payload, with what identifies it. */
    static ObjectNode notice(OutboxRow row) {
        ObjectNode notice = (ObjectNode) Json.tree(row.payload());
        notice.put("event_id", row.eventId());
        if (row.entryId() != null) {
            notice.put("stream_id", row.entryId());
        }
        return notice;
    }

    /** A guard that {@code safety clear} can end before its time. */
    private record Clearable(String name, @Nullable Instant until) {}

    private record Guarding(TradingState state, Snapshot.@Nullable Guards guards, List<Clearable> active) {}

    private void guards(Context context) {
        DeskView view = source.view();
        if (view == null) {
            answer(context, new Guarding(TradingState.STARTING, null, List.of()));
            return;
        }
        List<Clearable> active = new ArrayList<>();
        GuardRows.guards(view.guards())
                .active(view.at())
                .forEach((name, until) -> active.add(new Clearable(name.toString(), until.orElse(null))));
        answer(context, new Guarding(TradingState.of(view), Snapshot.guards(view.guards(), view.at()), active));
    }

    /** One recorded change of the intent or of an order of it. */
    private record Chapter(long seq, Instant at, String kind, String key, JsonNode body) {}

    private record Story(Snapshot.Ending intent, List<Entry.OrderRow> orders, List<Chapter> story) {}

    private void intent(Context context) {
        String id = context.pathParam("id");
        Entry.IntentRow row = source.ledger()
                .intent(id)
                .orElseThrow(() -> new Problem.Raised(Problem.notFound("the ledger knows no intent " + id)));
        List<Entry.OrderRow> orders = source.ledger().ordersOf(id);
        List<LogRow> log = new ArrayList<>(source.ledger().history(id));
        log.addAll(source.ledger().history(id + ":terminal"));
        orders.forEach(order -> log.addAll(source.ledger().history(order.clientOrderId())));
        List<Chapter> story = log.stream()
                .sorted(Comparator.comparingLong(LogRow::seq))
                .map(r -> new Chapter(r.seq(), r.at(), r.kind(), r.key(), Json.tree(r.body())))
                .toList();
        answer(context, new Story(Snapshot.ending(row), orders, story));
    }

    private static int limit(Context context) {
        String text = context.queryParam("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw new Problem.Raised(new Problem("Bad parameter", 400, "LIMIT_INVALID", "limit must be 1 to " + MAX_LIMIT));
    }

    private static void answer(Context context, Object body) {
        context.contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(Json.bytes(body));
    }
}
