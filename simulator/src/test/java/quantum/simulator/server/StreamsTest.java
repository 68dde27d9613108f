package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Listen keys and stream paths (binance-usdm 1.2, 5.1). */
class StreamsTest extends ExchangeContract {

    @Test
    void listenKeyIsSharedExpiresAndThenFallsSilent() {
        var frames = userStream("");
        var key = exchange.send("POST", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey");
        assertThat(exchange.send("PUT", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey"))
                .isEqualTo(key);
        control("/sim/settings", "{\"listenKeySeconds\":1}");
        exchange.send("PUT", "/fapi/v1/listenKey", "", "", "simkey");
        exchange.await(() -> frames.of("listenKeyExpired").size() == 1);
        fill(BUY);
        assertThat(frames.all()).hasSize(1);
        assertThat(exchange.send("PUT", "/fapi/v1/listenKey", "", "", "simkey").code())
                .isEqualTo(-1125);
    }

    @Test
    void streamsSpeakOnTheirOwnPathAlone() {
        var market = exchange.open("/market/stream", "streams=btcusdt@markPrice@1s/btcusdt@bookTicker");
        var all = exchange.open("/market/ws/!markPrice@arr@1s", "");
        var book = exchange.open("/public/ws", "");
        var retired = exchange.open("/ws/btcusdt@markPrice@1s", "");
        book.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@bookTicker\"],\"id\":7}");
        exchange.await(() -> book.all().size() == 1);
        assertThat(book.all().getFirst().path("id").intValue()).isEqualTo(7);
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"50100\"}");
        exchange.await(() -> book.of("bookTicker").size() == 1 && !all.all().isEmpty());
        assertThat(book.of("bookTicker").getFirst().path("b").asString()).isEqualTo("50100.0");
        exchange.await(() -> market.all().stream()
                .anyMatch(frame -> frame.path("data").path("p").asString("").equals("50100.0")));
        assertThat(market.all())
                .allSatisfy(frame -> assertThat(frame.path("stream").asString()).isEqualTo("btcusdt@markPrice@1s"));
        int marks = market.all().size();
        exchange.await(() -> market.all().size() > marks + 1);
        assertThat(retired.all()).isEmpty();
    }
}
