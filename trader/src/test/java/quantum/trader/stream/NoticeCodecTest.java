package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Closed;
import quantum.intent.Intent;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.record.Notice;
import quantum.trader.ledger.NoticeEncoder.Outgoing;
import quantum.trader.ledger.OutboxRow;

class NoticeCodecTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00.5Z");
    private static final Report.Subject SUBJECT =
            new Report.Subject("i-1", "t-1", new Symbol("DASHUSDT"), Intent.Action.BUY, AT, List.of());
    private static final Fill FILL = new Fill(Price.of("67.82982"), Quantity.of("1.474"), new BigDecimal("0.04"));

    private static Outgoing encode(Notice notice) {
        return new NoticeCodec("simulated").encode(notice, AT);
    }

    private static Map<String, @Nullable Object> payload(Notice notice) {
        try {
            return JsonObjects.parse(encode(notice).payload());
        } catch (JsonObjects.NotAnObject e) {
            throw new AssertionError(e);
        }
    }

    private static Notice reported(Report report) {
        return new Notice.Reported(report, "i-1:x");
    }

    @Test
    void aFilledReportCarriesTheExchangesFigures() {
        Report report = new Report.Filled(
                SUBJECT,
                new Report.Orders(new ClientOrderId("qo-1"), new OrderId("77"), "81", null),
                FILL,
                new Report.Extras(2, new BigDecimal("1E-7"), null));

        assertThat(encode(reported(report)))
                .isEqualTo(new Outgoing(
                        "i-1:x",
                        "trade.execution.res",
                        "t-1",
                        AT,
                        "{\"intent_id\":\"i-1\",\"trace_id\":\"t-1\",\"symbol\":\"DASHUSDT\",\"action\":\"BUY\","
                                + "\"status\":\"filled\",\"entry_price\":67.82982,\"quantity\":1.474,"
                                + "\"position_size_usd\":99.98115468,\"fee_usd\":0.04,\"leverage\":2,"
                                + "\"order_id\":\"77\",\"client_order_id\":\"qo-1\",\"stop_order_id\":\"81\","
                                + "\"slippage_pct\":0.0000001,\"terminal_state\":\"FILLED\","
                                + "\"timestamp\":\"2026-11-20T10:00:00.500Z\",\"mode\":\"simulated\"}"));
    }

    @Test
    void whatIsNotKnownIsAbsent() {
        assertThat(payload(reported(new Report.Rejected(SUBJECT, Refusal.MARGIN_INSUFFICIENT, null, "", null))))
                .containsOnlyKeys(
                        "intent_id",
                        "trace_id",
                        "symbol",
                        "action",
                        "status",
                        "reason",
                        "detail",
                        "terminal_state",
                        "timestamp",
                        "mode")
                .containsEntry("reason", "MARGIN_INSUFFICIENT")
                .containsEntry("terminal_state", "REJECTED_MARGIN");
        assertThat(payload(reported(new Report.PendingFill(SUBJECT, new ClientOrderId("qo-1"), null, null))))
                .containsEntry("status", "pending_fill")
                .containsEntry("client_order_id", "qo-1")
                .doesNotContainKeys("entry_price", "quantity", "position_size_usd", "terminal_state", "order_id");
        assertThat(payload(reported(new Report.Updated(SUBJECT, "81", "82"))))
                .containsEntry("status", "updated")
                .containsEntry("stop_order_id", "81")
                .containsEntry("target_order_id", "82");
    }

    @Test
    void m15_aRejectedReportNamesTheOrderThatTheExchangeEnded() {
        assertThat(payload(reported(new Report.Rejected(
                        SUBJECT,
                        Refusal.NOT_FILLED,
                        null,
                        "the order ended CANCELED",
                        new ClientOrderId("qo-1"),
                        new OrderId("77")))))
                .containsEntry("order_id", "77")
                .containsEntry("client_order_id", "qo-1");
    }

    @Test
    void iF12_j4_o9_aRefusalSaysWhatWasFoundWhichFieldAndWhatToDo() {
        Report.Subject subject = new Report.Subject(
                "i-1", "t-1", new Symbol("DASHUSDT"), Intent.Action.BUY, AT, List.of("model", "note"));
        Notice notice =
                reported(new Report.Rejected(subject, Refusal.FIELD_UNSUPPORTED, "type", "type is 'LIMIT'", null));
        assertThat(payload(notice))
                .containsEntry("detail", "type is 'LIMIT'. " + Refusal.FIELD_UNSUPPORTED.next())
                .containsEntry("field", "type")
                .containsEntry("ignored", List.of("model", "note"));
        Notice dead = new Notice.DeadLetter("5-1", Map.of(), Refusal.SCHEMA_INVALID, "symbol", "symbol is missing", 1);
        assertThat(payload(dead))
                .containsEntry("detail", "symbol is missing. " + Refusal.SCHEMA_INVALID.next())
                .containsEntry("field", "symbol");
        assertThat(payload(reported(new Report.PendingFill(subject, new ClientOrderId("qo-1"), null, null))))
                .as("named once, at the end")
                .doesNotContainKey("ignored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Order's type is rejected", "Order's type is rejected.", "Order's type is rejected.. "})
    void b6_aDetailHasOneFullStopWhateverTheExchangesWordsEndIn(String words) {
        Notice dead = new Notice.DeadLetter("5-1", Map.of(), Refusal.EXCHANGE_REJECTED, null, words, 1);
        assertThat(payload(dead))
                .containsEntry("detail", "Order's type is rejected. " + Refusal.EXCHANGE_REJECTED.next());
    }

    /** Seed 000: results said filled at price 0 and size 0. */
    @Test
    void aFilledReportWithAZeroCannotBeMade() {
        assertThatThrownBy(() -> new Fill(Price.of("0"), Quantity.of("1"), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fill(Price.of("1"), Quantity.of("0"), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedTradeIsNetAndNamesItsOrders() {
        Closed closed = new Closed(
                new Symbol("BTCUSDT"),
                Direction.SHORT,
                Price.of("100000"),
                Price.of("99000"),
                Quantity.of("0.001"),
                new Closed.Result(new BigDecimal("0.9"), new BigDecimal("0.9"), new BigDecimal("0.1"), null),
                Closed.Reason.TRAILING,
                AT.minusSeconds(60),
                AT,
                "i-1",
                List.of("1", "2"));

        Notice notice = new Notice.TradeClosed(closed, "epoch-1");
        assertThat(encode(notice).kind()).isEqualTo("trade.closed");
        assertThat(encode(notice).eventId()).isEqualTo("closed:epoch-1");
        assertThat(payload(notice))
                .containsEntry("position_side", "SHORT")
                .containsEntry("reason", "trailing")
                .containsEntry("order_ids", List.of("1", "2"))
                .containsEntry("pnl_usd", new BigDecimal("0.9"))
                .doesNotContainKey("funding_usd");
    }

    @Test
    void xF8_aResultBeforeFeesSaysSoAndTellsThemByAsset() {
        var payload = payload(new Notice.TradeClosed(
                closed(new Closed.Result(
                        new BigDecimal("-20"),
                        new BigDecimal("-2"),
                        null,
                        BigDecimal.ZERO,
                        "USDT",
                        Map.of("BNB", new BigDecimal("0.00045")))),
                "epoch-1"));
        assertThat(payload)
                .containsEntry("pnl_usd", new BigDecimal("-20"))
                .containsEntry("pnl_before_fees", true)
                .containsEntry("fees", Map.of("BNB", new BigDecimal("0.00045")))
                .doesNotContainKey("fees_usd");
    }

    @Test
    void iF4_noFigureOfAContractQuotedInACoinIsCalledDollars() {
        var payload = payload(new Notice.TradeClosed(
                closed(new Closed.Result(
                        new BigDecimal("0.0012"),
                        new BigDecimal("1"),
                        new BigDecimal("0.0001"),
                        BigDecimal.ZERO,
                        "BTC",
                        null)),
                "epoch-1"));
        assertThat(payload)
                .containsEntry("pnl", new BigDecimal("0.0012"))
                .containsEntry("asset", "BTC")
                .containsEntry("fees", Map.of("BTC", new BigDecimal("0.0001")))
                .doesNotContainKeys("pnl_usd", "fees_usd", "funding_usd");
    }

    @Test
    void xF7_anEndWhoseTradesNobodyToldHasNoResult() {
        var payload = payload(new Notice.TradeClosed(closed(Closed.Result.UNTOLD), "epoch-1"));
        assertThat(payload)
                .containsEntry("entry_price", new BigDecimal("100"))
                .containsEntry("quantity", new BigDecimal("10"))
                .doesNotContainKeys("pnl_usd", "pnl", "pnl_percent", "fees_usd", "fees", "funding_usd", "asset");
    }

    private static Closed closed(Closed.Result result) {
        return new Closed(
                new Symbol("BTCUSDT"),
                Direction.LONG,
                Price.of("100"),
                Price.of("98"),
                Quantity.of("10"),
                result,
                Closed.Reason.EXTERNAL,
                AT.minusSeconds(60),
                AT,
                null,
                List.of("1", "2"));
    }

    @Test
    void aDeadLetterKeepsTheOriginal() {
        Notice dead = new Notice.DeadLetter(
                "5-1",
                Map.of("payload", "{\"", "trace_id", "t"),
                Refusal.SCHEMA_INVALID,
                "payload",
                "payload is not",
                3);

        assertThat(encode(dead).traceId()).isEqualTo("t");
        assertThat(payload(dead))
                .containsEntry("original", Map.of("payload", "{\"", "trace_id", "t"))
                .containsEntry("reason", "SCHEMA_INVALID")
                .containsEntry("deliveries", new BigDecimal(3))
                .doesNotContainKey("truncated");
    }

    @Test
    void aGiantDeadLetterIsCutVisibly() {
        Notice dead = new Notice.DeadLetter(
                "5-1", Map.of("a", "x".repeat(1_000_000)), Refusal.MESSAGE_TOO_LARGE, null, "too large", 1);

        assertThat(encode(dead).payload()).hasSizeBetween(2_000, 2_500).contains("\"truncated\":true");
    }

    @Test
    void p1_4_aFloodOfDeadLettersKeepsItsEndingsAndNotItsOriginals() {
        NoticeCodec codec = new NoticeCodec("simulated");
        long bytes = 0;
        for (int i = 0; i < 10_000; i++) {
            Notice dead = new Notice.DeadLetter(
                    "5-" + i, Map.of("payload", "x".repeat(60_000)), Refusal.MESSAGE_TOO_LARGE, null, "too large", 1);
            String payload = codec.encode(dead, AT).payload();
            assertThat(payload).contains("\"5-" + i + "\"").contains("\"truncated\":true");
            bytes += payload.length();
        }
        assertThat(bytes).isLessThan(10_000 * 200 + 600 * 2_200);
        Notice later = new Notice.DeadLetter("6-1", Map.of("payload", "{"), Refusal.SCHEMA_INVALID, null, "no JSON", 1);
        assertThat(codec.encode(later, AT.plusSeconds(60)).payload()).contains("\"payload\":\"{\"");
    }

    @Test
    void anEntryHasTheFieldsOfTheContract() {
        Outgoing out = encode(new Notice.Alert("k", Notice.Severity.CRITICAL, "text", "BTCUSDT", AT));
        OutboxRow row =
                new OutboxRow(1, out.eventId(), out.kind(), out.traceId(), out.at(), out.payload(), false, null);

        assertThat(NoticeCodec.fields(row))
                .containsOnlyKeys("event_type", "event_id", "payload", "timestamp", "source", "trace_id")
                .containsEntry("event_type", "alert")
                .containsEntry("source", "quantum-trader")
                .containsEntry("timestamp", "2026-11-20T10:00:00.500Z");
        assertThat(out.payload()).contains("\"severity\":\"critical\"");
    }
}
