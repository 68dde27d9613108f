package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.SafeEncoder;
import tools.jackson.databind.JsonNode;

/** Messages that strangers sent, on the running service: what became an order, and what a producer is told. */
class WordsTest {

    private static Floor floor;

    @BeforeAll
    static void open(@TempDir Path data) {
        floor = Floor.open(data, Floor.quickRules());
    }

    @AfterAll
    static void close() {
        floor.close();
    }

    private static Map<String, String> chart(String id, String symbol, String action, String... more) {
        return new LinkedHashMap<>(Floor.fields(id, symbol, action, more));
    }

    private static JsonNode told(Map<String, String> fields) {
        floor.send(WireForm.BRIDGE.wrap(fields));
        return floor.ending(fields.getOrDefault("intent_id", ""));
    }

    private static void isRefused(JsonNode report, String reason, String field) {
        assertThat(text(report, "reason")).as(report.toString()).isEqualTo(reason);
        assertThat(text(report, "field")).isEqualTo(field);
        assertThat(text(report, "detail")).contains(field);
    }

    @Test
    void iF1_aChartsExitClosesTheLongAndOpensNothingWhereNothingIsHeld() {
        String[] exit = {"qty", "1.5", "price", "140", "marketPosition", "flat", "prevMarketPosition", "long"};
        assertThat(text(told(chart("nothing-held", "SOLUSDT", "sell", exit)), "reason"))
                .isEqualTo("NO_POSITION");
        String[] entry = {"qty", "1.5", "price", "140", "marketPosition", "long", "prevMarketPosition", "flat"};
        assertThat(text(told(chart("chart-in", "SOLUSDT", "buy", entry)), "status"))
                .isEqualTo("filled");
        assertThat(text(told(chart("chart-out", "SOLUSDT", "sell", exit)), "status"))
                .isEqualTo("filled");
        assertThat(floor.exchange().held("SOLUSDT")).isZero();
    }

    @Test
    void j1_noSpellingOfAnExitOpensAPosition() {
        List<String> signs = List.of(
                "REDUCE_ONLY=true",
                "reduceonly=true",
                "ReduceOnly=true",
                "reduce-only=true",
                "isReduceOnly=true",
                "is_close=true",
                "close=true",
                "exit=true",
                "params.reduceOnly=true",
                "closeOnTrigger=true",
                "position_action=CLOSE",
                "offset=CLOSE",
                "type=close",
                "order_type=reduce_only",
                "market_position=flat",
                "signal=exit",
                "event=exit_fill",
                "reason=tp",
                "reason=stop",
                "reason=roi");
        for (String sign : signs) {
            String[] parts = sign.split("=", 2);
            Map<String, String> flat = chart("sign-" + sign, "AVAXUSDT", "SELL", "quantity", "4", parts[0], parts[1]);
            floor.send(WireForm.FLAT.wrap(flat));
            assertThat(text(floor.ending("sign-" + sign), "reason")).as(sign).isIn("NO_POSITION", "CLOSE_UNMARKED");
        }
        assertThat(floor.exchange().orderRequests("AVAXUSDT")).isEmpty();
    }

    @Test
    void b2_b4_noStateAndNoWordOfAnExitOpensAPosition() {
        List<String> signs = List.of(
                "market_position=",
                "market_position=none",
                "market_position=0",
                "market_position={{strategy.market_position}}",
                "market_position_size=0,00",
                "market_position_size=flat",
                "market_position_size={{strategy.market_position_size}}",
                "flags=reduce_only,post",
                "id=TP1",
                "name=SL hit",
                "rule=roi",
                "holdSide=long",
                "target_position=0",
                "is_entry=false",
                "openClose=C",
                "offset=平",
                "comment=cover",
                "comment=закрыть лонг",
                "net_position=0");
        for (String sign : signs) {
            String[] parts = sign.split("=", 2);
            String id = "again-" + signs.indexOf(sign);
            floor.send(WireForm.FLAT.wrap(chart(id, "LINKUSDT", "SELL", "quantity", "4", parts[0], parts[1])));
            assertThat(text(floor.ending(id), "reason"))
                    .as(sign)
                    .isIn("NO_POSITION", "CLOSE_UNMARKED", "SCHEMA_INVALID");
        }
        assertThat(floor.exchange().orderRequests("LINKUSDT")).isEmpty();
    }

    @Test
    void b6_aPartInPercentOrMoneyNeverClosesAll() {
        assertThat(text(told(chart("part-in", "DOGEUSDT", "BUY", "quantity", "400")), "status"))
                .isEqualTo("filled");
        isRefused(
                told(chart("part-usd", "DOGEUSDT", "CLOSE", "qty", "3", "qty_type", "usd")),
                "FIELD_UNSUPPORTED",
                "qty_type");
        JsonNode half = told(chart("part-half", "DOGEUSDT", "CLOSE", "quantity", "50", "qty_type", "percent"));
        assertThat(text(half, "status")).as(half.toString()).isEqualTo("filled");
        assertThat(floor.exchange().held("DOGEUSDT")).isEqualByComparingTo("200");
    }

    @Test
    void iF2_theSendersLevelsRestUnderTheirCommonNames() {
        String[] levels = {"quantity", "50", "stopLoss", "0.4700", "tp", "0.5100"};
        JsonNode report = told(chart("levels", "ADAUSDT", "BUY", levels));
        assertThat(text(report, "status")).as(report.toString()).isEqualTo("filled");
        assertThat(decimal(floor.exchange().liveStops("ADAUSDT").getFirst(), "triggerPrice"))
                .isEqualByComparingTo("0.4700");
        assertThat(decimal(floor.exchange().liveTargets("ADAUSDT").getFirst(), "triggerPrice"))
                .isEqualByComparingTo("0.5100");
    }

    @Test
    void iF3_iF12_aLimitOrderIsRefusedByItsFieldAndSaysWhatToDo() {
        Map<String, String> limit = chart("limit", "LTCUSDT", "BUY", "type", "LIMIT", "price", "85", "quantity", "1");
        JsonNode report = told(limit);
        isRefused(report, "FIELD_UNSUPPORTED", "type");
        assertThat(text(report, "terminal_state")).isEqualTo("REJECTED_SCHEMA");
        assertThat(text(report, "detail")).contains("market orders").contains("docs/streams.md");
        isRefused(
                told(chart("stop-order", "LTCUSDT", "BUY", "order_type", "stop", "stop_price", "95", "quantity", "1")),
                "FIELD_UNSUPPORTED",
                "order_type");
        assertThat(floor.exchange().orderRequests("LTCUSDT")).isEmpty();
    }

    @Test
    void iF5_iF6_fractionsAndOtherUnitsAreNamed() {
        isRefused(
                told(chart("fraction", "XRPUSDT", "buy", "quantity", "50", "stop_loss_pct", "0.015")),
                "SCHEMA_INVALID",
                "stop_loss_pct");
        isRefused(
                told(chart("share", "XRPUSDT", "buy", "qty", "50", "qty_type", "percent_of_equity")),
                "FIELD_UNSUPPORTED",
                "qty_type");
        JsonNode usd = told(chart("usd", "XRPUSDT", "buy", "qty", "60", "qty_type", "usd"));
        assertThat(decimal(usd, "position_size_usd"))
                .isBetween(new java.math.BigDecimal("55"), new java.math.BigDecimal("61"));
    }

    @Test
    void o10_whatIsNotReadIsNamedInTheReport() {
        JsonNode report = told(chart("ignored", "BTC/USDT:USDT", "enter_long", "quantity", "0.01", "model", "x"));
        assertThat(text(report, "status")).as(report.toString()).isEqualTo("filled");
        assertThat(text(report, "symbol")).isEqualTo("BTCUSDT");
        assertThat(report.path("ignored"))
                .singleElement()
                .satisfies(n -> assertThat(n.asString()).isEqualTo("model"));
    }

    @Test
    void iF17_everyMessageOfOneSecondHasItsEnding() {
        String now = Instant.now().toString();
        for (String quantity : List.of("x", "y", "x")) {
            floor.send(Map.of("symbol", "DOTUSDT", "action", "BUY", "quantity", quantity, "timestamp", now));
        }
        String id = "DOTUSDT_" + Instant.parse(now);
        isRefused(floor.ending(id), "SCHEMA_INVALID", "quantity");
        org.awaitility.Awaitility.await()
                .atMost(Floor.PATIENCE)
                .until(() -> floor.reports(id).size() == 2);
        JsonNode second = floor.reports(id).getLast();
        isRefused(second, "IDENTITY_REUSED", "intent_id");
        org.awaitility.Awaitility.await()
                .atMost(Floor.PATIENCE)
                .until(() -> floor.lines("IDEMPOTENCY_SKIP").stream().anyMatch(line -> line.contains(id)));
    }

    @Test
    void j7_deadLettersSayWhatWasFound() {
        JsonNode dead = floor.deadLetter(floor.send(Map.of("payload", "{\"symbol\":\"BTCUSDT\",\"stop_loss\":NaN}")));
        assertThat(text(dead, "field")).isEqualTo("payload");
        assertThat(text(dead, "detail")).contains("NaN at character", "stop_loss");
        assertThat(text(dead, "reason")).isEqualTo("SCHEMA_INVALID");
    }

    /** As XADD takes it: a field may stand in an entry as often as one likes. */
    private static String add(String... namesAndValues) {
        CommandArguments entry = new CommandArguments(Protocol.Command.XADD)
                .add("quantum:stream:trade.intent")
                .add("*");
        List.of(namesAndValues).forEach(entry::add);
        return SafeEncoder.encode((byte[]) floor.redis().executeCommand(entry));
    }

    @Test
    void j8_aFieldThatStandsTwiceIsRefusedByItsNameAndOpensNothing() {
        String now = Instant.now().toString();
        String[] sell = {"symbol", "BNBUSDT", "action", "SELL", "quantity", "1", "timestamp", now, "intent_id"};
        add(with(sell, "twice", "reduceOnly", "true", "reduceOnly", "false"));
        isRefused(floor.ending("twice"), "FIELD_UNSUPPORTED", "reduceOnly");
        String payload = "{\"intent_id\":\"beside\",\"symbol\":\"BNBUSDT\",\"action\":\"SELL\",\"quantity\":1,"
                + "\"reduceOnly\":false,\"timestamp\":\"" + now + "\"}";
        add("payload", payload, "reduceOnly", "true", "reduceOnly", "false");
        isRefused(floor.ending("beside"), "FIELD_UNSUPPORTED", "reduceOnly");
        assertThat(floor.exchange().orderRequests("BNBUSDT")).isEmpty();

        add(with(sell, "equal", "leverage", "2", "leverage", "2"));
        assertThat(text(floor.ending("equal"), "status")).isEqualTo("filled");
    }

    @Test
    void j8_whereIdentityCannotBeReadTheDeadLetterShowsBothValues() {
        JsonNode symbols = floor.deadLetter(
                add("intent_id", "x", "symbol", "LTCUSDT", "symbol", "ETCUSDT", "action", "BUY", "quantity", "1"));
        isRefused(symbols, "FIELD_UNSUPPORTED", "symbol");
        assertThat(symbols.path("original").toString()).contains("LTCUSDT").contains("ETCUSDT");
        JsonNode payloads = floor.deadLetter(add("payload", "{}", "payload", "{\"symbol\":\"BTCUSDT\"}"));
        isRefused(payloads, "FIELD_UNSUPPORTED", "payload");
    }

    private static String[] with(String[] fields, String... more) {
        return Stream.concat(Stream.of(fields), Stream.of(more)).toArray(String[]::new);
    }
}
