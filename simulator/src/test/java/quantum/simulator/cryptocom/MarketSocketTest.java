package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.simulator.Json;

/** The public's socket. */
class MarketSocketTest extends CryptoComContract {

    @ParameterizedTest
    @CsvSource({
        "ticker.BTC_USD, ticker, a, 50000.00, 48000.00",
        "mark.BTC_USD, mark, v, 50000.00, 48000.00",
        "trade.BTC_USD, trade, p, 50000.00, 48000.00"
    })
    void channelSaysWhatIsAndThenWhatMoves(
            String subscription, String channel, String field, String before, String after) {
        var frames = open("market");
        var first = subscribe(frames, subscription).path("result");
        assertThat(first.path("channel").asString()).isEqualTo(channel);
        assertThat(first.path("instrument_name").asString()).isEqualTo("BTC_USD");
        assertThat(first.path("data").path(0).path(field).asString()).isEqualTo(before);
        price("BTC_USD", "48000");
        await(() -> !frames.rows(subscription).isEmpty());
        assertThat(frames.rows(subscription).getLast().path(field).asString()).isEqualTo(after);
    }

    @Test
    void bookNamesItsDepthAndCountsItsUpdates() {
        var frames = open("market");
        var request = Json.object().put("id", 9).put("method", "subscribe");
        request.putObject("params").putArray("channels").add("book.BTC_USD.50");
        request.put("bookSubscriptionType", "SNAPSHOT_AND_UPDATE");
        frames.send(Json.text(request));
        await(() -> !frames.replies(9).isEmpty());
        var first = frames.replies(9).getFirst().path("result");
        assertThat(first.path("depth").intValue()).isEqualTo(50);
        var book = first.path("data").path(0);
        assertThat(book.path("asks").path(0).path(0).asString()).isEqualTo("50000.01");
        price("BTC_USD", "48000");
        await(() -> !frames.rows("book.BTC_USD.50").isEmpty());
        assertThat(frames.rows("book.BTC_USD.50").getLast().path("u").asLong())
                .isGreaterThan(book.path("u").asLong());
    }

    @Test
    void candlesNameTheirLength() {
        var frames = open("market");
        var first = subscribe(frames, "candlestick.5m.BTC_USD").path("result");
        assertThat(first.path("interval").asString()).isEqualTo("5m");
        assertThat(first.path("channel").asString()).isEqualTo("candlestick");
        price("BTC_USD", "51000");
        await(() -> !frames.rows("candlestick.5m.BTC_USD").isEmpty());
        assertThat(frames.rows("candlestick.5m.BTC_USD").getLast().path("c").asString())
                .isEqualTo("51000.00");
        assertThat(subscribe(frames, "candlestick.2m.BTC_USD").path("code").intValue())
                .isEqualTo(40003);
    }

    @Test
    void customersChannelsAndMethodsAreNotHere() {
        var frames = open("market");
        assertThat(subscribe(frames, "user.order").path("code").intValue()).isEqualTo(40003);
        assertThat(ask(frames, CREATE, BUY).path("code").intValue()).isEqualTo(40002);
        assertThat(ask(frames, "public/auth", "{}").path("code").intValue()).isEqualTo(40002);
    }

    @Test
    void movingPairIsHeardWithoutBeingPushed() {
        var frames = open("market");
        subscribe(frames, "mark.CRO_USD");
        subscribe(frames, "mark.ETH_USDT");
        await(() -> frames.rows("mark.CRO_USD").size() > 2
                && frames.rows("mark.ETH_USDT").size() > 2);
    }
}
