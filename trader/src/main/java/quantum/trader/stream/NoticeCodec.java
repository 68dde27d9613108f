package quantum.trader.stream;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quantum.intent.Closed;
import quantum.market.Contract;
import quantum.record.Notice;
import quantum.trader.ledger.NoticeEncoder;
import quantum.trader.ledger.OutboxRow;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Notices in the form of docs/streams.md. What is not known is left out, never written as 0 (seed 000). */
public final class NoticeCodec implements NoticeEncoder {

    /** The streams of notices. */
    static final List<String> KINDS = List.of("trade.execution.res", "trade.closed", "trade.intent.dead", "alert");

    private static final String SOURCE = "quantum-trader";
    private static final int MAX_ORIGINAL = 2_048;
    /** Originals kept in a minute; a dead letter beyond them has its id, its reason and nothing of what it was. */
    private static final int ORIGINALS = 600;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final String mode;
    private long minute;
    private int originals;

    /** The mode stands in every report and closed trade, so that play money is never taken for real money. */
    public NoticeCodec(String mode) {
        this.mode = mode;
    }

    @Override
    public Outgoing encode(Notice notice, Instant at) {
        String id = notice.eventId();
        return switch (notice) {
            case Notice.Reported reported ->
                new Outgoing(
                        id,
                        "trade.execution.res",
                        reported.report().subject().traceId(),
                        reported.report().subject().at(),
                        json(out -> {
                            ReportPayload.write(out, reported.report());
                            out.writeStringProperty("mode", mode);
                        }));
            case Notice.TradeClosed(Closed closed, var _) ->
                new Outgoing(
                        id,
                        "trade.closed",
                        closed.intentId() == null ? "" : closed.intentId(),
                        closed.closedAt(),
                        json(out -> {
                            closed(out, closed);
                            out.writeStringProperty("mode", mode);
                        }));
            case Notice.DeadLetter dead ->
                new Outgoing(
                        id,
                        "trade.intent.dead",
                        cut(dead.original().getOrDefault("trace_id", ""), 200),
                        at,
                        json(out -> dead(out, dead, room(at))));
            case Notice.Alert alert -> new Outgoing(id, "alert", "", alert.at(), json(out -> alert(out, alert)));
        };
    }

    /** The fields of the stream entry. */
    public static Map<String, String> fields(OutboxRow row) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event_type", row.kind());
        fields.put("event_id", row.eventId());
        fields.put("payload", row.payload());
        fields.put("timestamp", row.at().toString());
        fields.put("source", SOURCE);
        fields.put("trace_id", row.traceId());
        return fields;
    }

    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator out);
    }

    private static String json(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            content.write(out);
            out.writeEndObject();
        }
        return text.toString();
    }

    /** {@code side} repeats the position's side for the readers of the seeds' {@code trade.closed}. */
    private static void closed(JsonGenerator out, Closed closed) {
        out.writeStringProperty("symbol", closed.symbol().name());
        out.writeStringProperty("position_side", closed.direction().name());
        out.writeStringProperty("side", closed.direction().name());
        out.writeNumberProperty("entry_price", closed.entryPrice().value());
        if (closed.exitPrice() != null) {
            out.writeNumberProperty("exit_price", closed.exitPrice().value());
        }
        out.writeNumberProperty("quantity", closed.quantity().value());
        result(out, closed.result());
        out.writeStringProperty("reason", closed.reason().name().toLowerCase(Locale.ROOT));
        out.writeStringProperty("opened_at", closed.openedAt().toString());
        out.writeStringProperty("closed_at", closed.closedAt().toString());
        if (closed.intentId() != null) {
            out.writeStringProperty("intent_id", closed.intentId());
        }
        out.writeArrayPropertyStart("order_ids");
        closed.orderIds().forEach(out::writeString);
        out.writeEndArray();
    }

    /** A flood of what nobody can read must not fill the disk. */
    private synchronized int room(Instant at) {
        long now = at.getEpochSecond() / 60;
        originals = now == minute ? originals + 1 : 1;
        minute = now;
        return originals <= ORIGINALS ? MAX_ORIGINAL : 0;
    }

    /** Figures named {@code _usd} are dollars; of a contract quoted in a coin they are told with their asset instead. */
    private static void result(JsonGenerator out, Closed.Result result) {
        boolean inCoin = !result.asset().isEmpty() && !Contract.isDollar(result.asset());
        String unit = inCoin ? "" : "_usd";
        if (result.pnl() != null) {
            out.writeNumberProperty("pnl" + unit, result.pnl());
        }
        if (result.pnlPercent() != null) {
            out.writeNumberProperty("pnl_percent", result.pnlPercent());
        }
        if (inCoin) {
            out.writeStringProperty("asset", result.asset());
        }
        if (result.fees() != null && inCoin) {
            fees(out, Map.of(result.asset(), result.fees()));
        } else if (result.fees() != null) {
            out.writeNumberProperty("fees_usd", result.fees());
        }
        if (result.feesByAsset() != null) {
            out.writeBooleanProperty("pnl_before_fees", true);
            fees(out, result.feesByAsset());
        }
        if (result.funding() != null) {
            out.writeNumberProperty("funding" + unit, result.funding());
        }
    }

    private static void fees(JsonGenerator out, Map<String, BigDecimal> byAsset) {
        out.writeObjectPropertyStart("fees");
        byAsset.forEach(out::writeNumberProperty);
        out.writeEndObject();
    }

    /** Somebody's gigabyte does not become ours: the original is kept up to 2 kB, and cut visibly. */
    private static void dead(JsonGenerator out, Notice.DeadLetter dead, int most) {
        out.writeStringProperty("message_id", dead.messageId());
        out.writeStringProperty("reason", dead.why().name());
        out.writeStringProperty("detail", ReportPayload.detail(dead.why(), dead.detail()));
        if (dead.field() != null) {
            out.writeStringProperty("field", dead.field());
        }
        out.writeNumberProperty("deliveries", dead.deliveries());
        out.writeObjectPropertyStart("original");
        int room = most;
        boolean complete = true;
        for (Map.Entry<String, String> field : dead.original().entrySet()) {
            String name = cut(field.getKey(), room);
            String value = cut(field.getValue(), room - name.length());
            complete &= name.equals(field.getKey()) && value.equals(field.getValue());
            if (name.isEmpty() && !complete) {
                break;
            }
            room -= name.length() + value.length();
            out.writeStringProperty(name, value);
        }
        out.writeEndObject();
        if (!complete) {
            out.writeBooleanProperty("truncated", true);
        }
    }

    private static void alert(JsonGenerator out, Notice.Alert alert) {
        out.writeStringProperty("key", alert.key());
        out.writeStringProperty("severity", alert.severity().name().toLowerCase(Locale.ROOT));
        out.writeStringProperty("text", alert.text());
        if (alert.symbol() != null) {
            out.writeStringProperty("symbol", alert.symbol());
        }
        out.writeStringProperty("timestamp", alert.at().toString());
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, Math.max(0, length));
    }
}
