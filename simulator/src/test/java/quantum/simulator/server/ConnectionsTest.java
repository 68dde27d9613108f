package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** "WS: /public,/market,/private; wrong path acked but silent; ping every 3 min; 24 h cut; 10 msg/s kick" and events. */
class ConnectionsTest extends ExchangeContract {

    private static List<String> events(Frames frames) {
        return frames.all().stream().map(frame -> frame.path("e").asString("")).toList();
    }

    private String listenKey() {
        return exchange.send("POST", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey");
    }

    private JsonNode reply(Frames frames, int id, String method, String params) {
        frames.send("{\"method\":\"" + method + "\"" + (params.isEmpty() ? "" : ",\"params\":" + params) + ",\"id\":"
                + id + "}");
        exchange.await(() -> frames.reply(id).isPresent());
        return frames.reply(id).orElseThrow();
    }

    @Test
    void eachFillIsToldThriceInOrderWithOneTime() {
        var frames = userStream("");
        fill(BUY);
        exchange.await(() -> !frames.of("ACCOUNT_UPDATE").isEmpty());
        assertThat(events(frames))
                .containsExactly("ORDER_TRADE_UPDATE", "TRADE_LITE", "ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE");
        var lite = frames.all().get(1);
        var trade = frames.all().get(2);
        assertThat(frames.all().subList(1, 4))
                .extracting(frame -> frame.path("T").longValue())
                .containsOnly(trade.path("T").longValue());
        assertThat(lite.path("t")).isEqualTo(trade.path("o").path("t"));
        assertThat(lite.path("i")).isEqualTo(trade.path("o").path("i"));
        assertThat(lite.path("L").asString())
                .isEqualTo(trade.path("o").path("L").asString());
        settings("{\"tradeLite\":false}");
        fill(BUY);
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 2);
        assertThat(frames.of("TRADE_LITE")).hasSize(1);
    }

    @Test
    void eventsAreChosenForEachListenKey() {
        var key = listenKey();
        var chosen = exchange.open("/private/ws", "listenKey=" + key + "&events=ACCOUNT_UPDATE/TRADE_LITE");
        var combined = exchange.open(
                "/private/stream", "listenKey=other&events=TRADE_LITE&listenKey=" + key + "&events=ACCOUNT_UPDATE");
        var all = exchange.open("/private/ws/" + key, "");
        fill(BUY);
        exchange.await(() -> all.all().size() == 4
                && chosen.all().size() == 2
                && !combined.all().isEmpty());
        assertThat(events(chosen)).containsExactly("TRADE_LITE", "ACCOUNT_UPDATE");
        assertThat(combined.all()).singleElement().satisfies(frame -> {
            assertThat(frame.path("stream").asString()).isEqualTo(key);
            assertThat(frame.path("data").path("e").asString()).isEqualTo("ACCOUNT_UPDATE");
        });
    }

    @Test
    void listenKeyMayBeSubscribedLikeAStream() {
        var frames = exchange.open("/private/stream", "");
        assertThat(reply(frames, 1, "SUBSCRIBE", "[\"" + listenKey() + "\"]")
                        .path("result")
                        .isNull())
                .isTrue();
        fill(BUY);
        exchange.await(() -> frames.all().size() == 5);
        assertThat(frames.all().getLast().path("data").path("e").asString()).isEqualTo("ACCOUNT_UPDATE");
    }

    @ParameterizedTest
    @CsvSource({
        "/public, btcusdt@markPrice@1s",
        "/private, btcusdt@markPrice@1s",
        "/market, btcusdt@bookTicker",
        "'', btcusdt@markPrice@1s",
    })
    void wrongPathAcknowledgesAndStaysSilent(String path, String stream) {
        var frames = exchange.open(path + "/ws", "");
        var right = exchange.open("/market/ws/btcusdt@markPrice@1s", "");
        assertThat(reply(frames, 1, "SUBSCRIBE", "[\"" + stream + "\"]").has("result"))
                .isTrue();
        move("BTCUSDT", "50100");
        exchange.await(() -> !right.all().isEmpty());
        assertThat(frames.all()).hasSize(1);
    }

    @Test
    void subscriptionsAreListedAndTakenBack() {
        var frames = exchange.open("/market/ws/btcusdt@aggTrade", "");
        reply(frames, 1, "SUBSCRIBE", "[\"btcusdt@kline_1m\"]");
        assertThat(reply(frames, 2, "LIST_SUBSCRIPTIONS", "").path("result"))
                .extracting(JsonNode::asString)
                .containsExactly("btcusdt@aggTrade", "btcusdt@kline_1m");
        reply(frames, 3, "UNSUBSCRIBE", "[\"btcusdt@aggTrade\"]");
        move("BTCUSDT", "50100");
        exchange.await(() -> !frames.of("kline").isEmpty());
        assertThat(frames.of("aggTrade")).isEmpty();
    }

    @Test
    void theWrappingIsAProperty() {
        var frames = exchange.open("/market/ws/btcusdt@aggTrade", "");
        assertThat(reply(frames, 1, "GET_PROPERTY", "[\"combined\"]")
                        .path("result")
                        .booleanValue())
                .isFalse();
        reply(frames, 2, "SET_PROPERTY", "[\"combined\",true]");
        assertThat(reply(frames, 3, "GET_PROPERTY", "[\"combined\"]")
                        .path("result")
                        .booleanValue())
                .isTrue();
        move("BTCUSDT", "50100");
        exchange.await(() -> frames.all().getLast().has("stream"));
        assertThat(frames.all().getLast().path("data").path("p").asString()).isEqualTo("50100.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"method":"SET_PROPERTY","params":["colour",true],"id":1}    | 0
            {"method":"GET_PROPERTY","params":["colour"],"id":1}         | 0
            {"method":"SET_PROPERTY","params":["combined","yes"],"id":1} | 1
            {"method":"SUBSCRIBE","params":["a@b"],"id":true}            | 2
            {"method":"SUBSCRIBE","params":["a@b"],"id":-1}              | 2
            {"method":"SUBSCRIBE","params":"a@b","id":1}                 | 2
            {"method":"SUBSCRIBE","params":[1],"id":1}                   | 2
            {"method":"SHOUT","id":1}                                    | 2
            {"method":                                                   | 3
            """)
    void malformedControlFramesAreAnsweredByCode(String text, int code) {
        var frames = exchange.open("/market/ws", "");
        frames.send(text);
        exchange.await(() -> !frames.all().isEmpty());
        assertThat(frames.all().getFirst().path("code").intValue()).isEqualTo(code);
    }

    @Test
    void aConnectionHoldsSoManyStreamsAndNoMore() {
        settings("{\"streamsPerConnection\":2}");
        var frames = exchange.open("/market/ws/btcusdt@aggTrade", "");
        reply(frames, 1, "SUBSCRIBE", "[\"ethusdt@aggTrade\"]");
        frames.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"solusdt@aggTrade\"],\"id\":2}");
        exchange.await(() -> frames.all().getLast().has("code"));
        assertThat(reply(frames, 3, "LIST_SUBSCRIPTIONS", "").path("result").size())
                .isEqualTo(2);
    }

    @Test
    void tooManyMessagesASecondEndTheConnectionAndThenBan() {
        beginMinute();
        settings("{\"messagesPerSecond\":3,\"banAfterKicks\":2}");
        for (int i = 0; i < 2; i++) {
            var frames = exchange.open("/market/ws", "");
            for (int message = 0; message < 8; message++) {
                frames.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + (message + 1) + "}");
            }
            exchange.await(frames::closed);
        }
        assertThat(exchange.refusal("/market/ws", "")).isEqualTo(418);
        assertThat(open("/fapi/v1/ping", "").status()).isEqualTo(418);
    }

    @Test
    void connectionsArePingedAndEndAfterTheirLife() {
        settings("{\"pingMillis\":100,\"pongMillis\":300,\"connectionLifeMillis\":900}");
        var stream = exchange.open("/market/ws", "");
        var api = exchange.open("/ws-fapi/v1", "");
        exchange.await(() -> stream.pings() >= 5 && api.pings() >= 5);
        assertThat(stream.closed() || api.closed()).as("they answer").isFalse();
        exchange.await(() -> stream.closed() && api.closed());
        assertThat(stream.pings()).isLessThanOrEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"/public/depth", "/market", "/private/listen"})
    void unknownPathsAreRefused(String path) {
        assertThat(exchange.refusal(path, "")).isEqualTo(404);
    }

    @Test
    void connectionsAreCutFromOutside() {
        var user = userStream("");
        var market = exchange.open("/market/ws", "");
        var api = exchange.open("/ws-fapi/v1", "");
        fault("{\"kind\":\"close\",\"match\":\"STREAM /private\"}");
        exchange.await(user::closed);
        assertThat(market.closed() || api.closed()).isFalse();
        fault("{\"kind\":\"close\"}");
        exchange.await(() -> market.closed() && api.closed());
    }

    @Test
    void framesComeTwiceLateSwappedOrNeverOrWithStrangeValues() {
        var frames = userStream("");
        fault("[{\"kind\":\"duplicate\",\"match\":\"STREAM ORDER_TRADE_UPDATE\"},"
                + "{\"kind\":\"drop\",\"match\":\"STREAM TRADE_LITE\"},"
                + "{\"kind\":\"reorder\",\"match\":\"STREAM ORDER_TRADE_UPDATE\",\"symbol\":\"BTCUSDT\","
                + "\"and\":[{\"kind\":\"field\",\"field\":\"o.X\",\"value\":\"HALF_FILLED\"}]},"
                + "{\"kind\":\"unknown_event\",\"match\":\"STREAM ACCOUNT_UPDATE\"}]");
        fill(BUY);
        exchange.await(() -> frames.all().size() == 5);
        assertThat(events(frames))
                .as("NEW twice, no TRADE_LITE, the trade behind what followed it")
                .containsExactly(
                        "ORDER_TRADE_UPDATE",
                        "ORDER_TRADE_UPDATE",
                        "EVENT_NOBODY_KNOWS",
                        "ORDER_TRADE_UPDATE",
                        "ACCOUNT_UPDATE");
        assertThat(frames.all().get(0)).isEqualTo(frames.all().get(1));
        assertThat(frames.all().get(3).path("o").path("X").asString()).isEqualTo("HALF_FILLED");
        fault("{\"kind\":\"delay\",\"match\":\"STREAM ACCOUNT_UPDATE\",\"millis\":300}");
        fill(BUY);
        exchange.await(() -> frames.of("TRADE_LITE").size() == 1);
        assertThat(frames.of("ACCOUNT_UPDATE")).hasSize(1);
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 2);
    }

    @Test
    void aFrameHeldBackComesInTheEndEvenWhenNoneFollows() {
        var frames = userStream("");
        fault("{\"kind\":\"reorder\",\"match\":\"STREAM ORDER_TRADE_UPDATE\"}");
        signed("POST", ORDER, REST);
        assertThat(frames.all()).isEmpty();
        exchange.await(() -> frames.of("ORDER_TRADE_UPDATE").size() == 1);
    }

    @Test
    void streamsFallSilentWithTheSocketOpen() {
        var marks = exchange.open("/market/ws/btcusdt@markPrice@1s", "");
        var book = exchange.open("/public/ws/btcusdt@bookTicker", "");
        fault("{\"kind\":\"drop\",\"match\":\"STREAM btcusdt@markPrice@1s\",\"forMillis\":60000}");
        move("BTCUSDT", "50100");
        exchange.await(() -> !book.all().isEmpty());
        exchange.pass(100);
        assertThat(marks.all()).isEmpty();
        assertThat(marks.closed()).isFalse();
        exchange.send("DELETE", "/sim/fault", "", "", null);
        move("BTCUSDT", "50200");
        exchange.await(() -> !marks.all().isEmpty());
    }

    @Test
    void marketFramesSayWhichMarketTheyAreOf() {
        var marks = exchange.open("/market/ws/!markPrice@arr@1s", "");
        var book = exchange.open("/public/ws/btcusdt@bookTicker", "");
        move("BTCUSDT", "50100");
        exchange.await(() -> marks.all().stream().anyMatch(frame -> frame.size() > 2)
                && !book.all().isEmpty());
        var ticker = book.all().getFirst();
        assertThat(ticker.path("st").intValue()).isEqualTo(1);
        assertThat(ticker.path("ps").asString()).isEqualTo("BTCUSDT");
        var rows = marks.all().stream()
                .filter(frame -> frame.size() > 2)
                .findFirst()
                .orElseThrow();
        assertThat(rows.get(0).propertyNames()).contains("p", "ap", "i", "P", "r", "T", "st");
        assertThat(rows.valueStream().filter(row -> row.path("st").intValue() == 2))
                .as("COIN-M rows share the array")
                .isNotEmpty();
        settings("{\"coinRows\":false}");
        int before = marks.all().size();
        exchange.await(() -> marks.all().size() > before + 1);
        assertThat(marks.all()
                        .getLast()
                        .valueStream()
                        .filter(row -> row.path("st").intValue() == 2))
                .isEmpty();
    }

    @Test
    void liquidationsAndStatusChangesAreToldToEverybody() {
        var forced = exchange.open("/market/ws/!forceOrder@arr", "");
        var own = exchange.open("/market/ws/btcusdt@forceOrder", "");
        var contracts = exchange.open("/market/ws/!contractInfo", "");
        control("/sim/account", "{\"balance\":\"60\",\"leverage\":{\"BTCUSDT\":20}}");
        fill(BUY);
        move("BTCUSDT", "43000");
        exchange.await(() -> forced.all().size() == 1 && own.all().size() == 1);
        var order = forced.all().getFirst().path("o");
        assertThat(order.path("s").asString() + " " + order.path("S").asString())
                .isEqualTo("BTCUSDT SELL");
        control("/sim/symbol", "{\"symbol\":\"ETHUSDT\",\"status\":\"PRE_SETTLE\"}");
        exchange.await(() -> !contracts.all().isEmpty());
        assertThat(contracts.all().getFirst().path("cs").asString()).isEqualTo("PRE_SETTLE");
    }

    @Test
    void theBooksOfAllSymbolsComeEveryFiveSeconds() {
        var all = exchange.open("/public/ws/!bookTicker", "");
        exchange.await(() -> all.of("bookTicker").stream()
                .anyMatch(frame -> frame.path("s").asString().equals("ETHUSDT")));
    }

    @Test
    void framesOfOneMoveComeInTheOrderOfTheirIntervals() {
        var intervals = List.of("1m", "3m", "5m", "15m", "30m", "1h");
        var streams = intervals.stream().map(each -> "btcusdt@kline_" + each).toList();
        var frames = exchange.open("/market/stream", "streams=" + String.join("/", streams));
        move("BTCUSDT", "50100");
        exchange.await(() -> frames.all().size() >= intervals.size());
        assertThat(frames.all().subList(0, intervals.size()))
                .extracting(frame -> frame.path("stream").asString())
                .isEqualTo(streams);
    }
}
