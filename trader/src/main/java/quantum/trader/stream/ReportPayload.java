package quantum.trader.stream;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Decimals;
import quantum.order.ClientOrderId;
import quantum.order.Fill;
import quantum.order.OrderId;
import tools.jackson.core.JsonGenerator;

/** The payload of {@code trade.execution.res}, but for its mode: exactly the names of docs/streams.md. */
final class ReportPayload {

    private static final Pattern SENTENCE_END = Pattern.compile("[.\\s]+$");

    private ReportPayload() {}

    static void write(JsonGenerator out, Report report) {
        Report.Subject subject = report.subject();
        out.writeStringProperty("intent_id", subject.intentId());
        out.writeStringProperty("trace_id", subject.traceId());
        out.writeStringProperty("symbol", subject.symbol().name());
        out.writeStringProperty("action", subject.action().name());
        out.writeStringProperty("status", report.status());
        switch (report) {
            case Report.Filled filled -> executed(out, filled.orders(), filled.fill(), filled.extras());
            case Report.Partial partial -> executed(out, partial.orders(), partial.fill(), partial.extras());
            case Report.PendingFill pending -> {
                if (pending.fill() != null) {
                    fill(out, pending.fill());
                }
                ids(out, pending.clientId(), pending.orderId(), null, null);
            }
            case Report.Updated updated -> ids(out, null, null, updated.stopId(), updated.targetId());
            case Report.Rejected rejected -> {
                ids(out, rejected.clientId(), rejected.orderId(), null, null);
                out.writeStringProperty("reason", rejected.why().name());
                out.writeStringProperty("detail", detail(rejected.why(), rejected.detail()));
                text(out, "field", rejected.field());
            }
        }
        if (report.isTerminal() && !subject.ignored().isEmpty()) {
            out.writeArrayPropertyStart("ignored");
            subject.ignored().forEach(out::writeString);
            out.writeEndArray();
        }
        text(out, "terminal_state", report.terminalState());
        out.writeStringProperty("timestamp", subject.at().toString());
    }

    /** What was found, and what to do about it: two sentences, also where the exchange's words end in a full stop. */
    static String detail(Refusal why, String found) {
        String sentence = SENTENCE_END.matcher(found).replaceFirst("");
        return sentence.isEmpty() ? why.next() : sentence + ". " + why.next();
    }

    private static void executed(JsonGenerator out, Report.Orders orders, Fill fill, Report.Extras extras) {
        fill(out, fill);
        if (extras.leverage() != null) {
            out.writeNumberProperty("leverage", extras.leverage());
        }
        ids(out, orders.clientId(), orders.orderId(), orders.stopId(), orders.targetId());
        if (extras.slippagePct() != null) {
            out.writeNumberProperty("slippage_pct", extras.slippagePct());
        }
        text(out, "reason", extras.reason());
    }

    private static void fill(JsonGenerator out, Fill fill) {
        out.writeNumberProperty("entry_price", fill.price().value());
        out.writeNumberProperty("quantity", fill.quantity().value());
        out.writeNumberProperty("position_size_usd", Decimals.plain(fill.notional()));
        if (fill.fee() != null) {
            out.writeNumberProperty("fee_usd", fill.fee());
        }
    }

    private static void ids(
            JsonGenerator out,
            @Nullable ClientOrderId clientId,
            @Nullable OrderId orderId,
            @Nullable String stopId,
            @Nullable String targetId) {
        text(out, "order_id", orderId == null ? null : orderId.value());
        text(out, "client_order_id", clientId == null ? null : clientId.value());
        text(out, "stop_order_id", stopId);
        text(out, "target_order_id", targetId);
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }
}
