package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Call;
import quantum.venue.Urgency;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.Marked;

/** Mark prices, by the stream and where that is silent by request. */
final class MarketStreamTest {

    private static String price(String channel, String symbol, String fields) {
        return "{\"id\":-1,\"method\":\"subscribe\",\"code\":0,\"result\":{\"instrument_name\":\"" + symbol
                + "\",\"subscription\":\"" + channel + "." + symbol + "\",\"channel\":\"" + channel + "\",\"data\":[{"
                + fields
                + "}]}}";
    }

    private static Script silent() {
        Script script = Script.ready();
        script.answersPrices = false;
        return script;
    }

    @Test
    void aMarkIsPublishedWithTheExchangesTime() {
        Script script = silent();
        script.frame(StreamName.MARKET, price("mark", "BTC_USD", "\"v\":\"60000.10\",\"t\":1796040000123"));
        Marked marked = script.only(Marked.class);
        assertThat(marked.marks()).isEqualTo(Map.of(Script.BTC, Price.of("60000.1")));
        assertThat(marked.exchangeTime()).isEqualTo(Instant.ofEpochMilli(1_796_040_000_123L));
    }

    @Test
    void aJumpOfMoreThanHalfIsBelievedAtTheSecondPrice() {
        Script script = silent();
        script.frame(StreamName.MARKET, price("mark", "BTC_USD", "\"v\":\"60000\",\"t\":1796040000123"));
        script.frame(StreamName.MARKET, price("mark", "BTC_USD", "\"v\":\"6\",\"t\":1796040001123"));
        assertThat(script.events(Marked.class)).hasSize(1);
        script.frame(StreamName.MARKET, price("mark", "BTC_USD", "\"v\":\"6.1\",\"t\":1796040002123"));
        assertThat(script.events(Marked.class)).hasSize(2);
    }

    @Test
    void aPriceThatCannotBeReadIsNamedOnce() {
        Script script = silent();
        script.frame(StreamName.MARKET, price("mark", "BTC_USD", "\"v\":\"0\",\"t\":1796040000123"));
        script.frame(StreamName.MARKET, price("mark", "BTC_USD", "\"v\":null,\"t\":1796040000123"));
        assertThat(script.events(Marked.class)).isEmpty();
        assertThat(script.events(VenueEvent.Unread.class)).hasSize(1);
    }

    @Test
    void theTickerStandsInWhereTheMarkChannelIsRefused() {
        Script script = new Script();
        script.begin();
        script.settle();
        script.openStream(StreamName.MARKET);
        script.pass(Duration.ofSeconds(1));
        long id = script.frames(StreamName.MARKET).getFirst().path("id").asLong();
        script.frame(
                StreamName.MARKET, "{\"id\":" + id + ",\"method\":\"subscribe\",\"code\":40003,\"message\":\"NO\"}");
        assertThat(script.frames(StreamName.MARKET)
                        .getLast()
                        .path("params")
                        .path("channels")
                        .path(0)
                        .asString())
                .isEqualTo("ticker.BTC_USD");
        script.frame(
                StreamName.MARKET,
                price(
                        "ticker",
                        "BTC_USD",
                        "\"a\":\"60001.00\",\"b\":\"60000\",\"k\":\"60002\",\"oi\":null,\"t\":1796040000123"));
        assertThat(script.only(Marked.class).marks()).containsEntry(Script.BTC, Price.of("60001"));
    }

    @Test
    void aSilentSymbolIsAskedForAfterThreeSeconds() {
        Script script = silent();
        script.frame(
                StreamName.MARKET,
                price(
                        "mark",
                        "BTC_USD",
                        "\"v\":\"60000\",\"t\":" + script.server().toEpochMilli()));
        script.forget();
        script.pass(Duration.ofMillis(2900));
        assertThat(script.awaits(Script.VALUATIONS)).isFalse();
        script.pass(Duration.ofMillis(1100));
        assertThat(script.waiting(Script.VALUATIONS).query())
                .isEqualTo("instrument_name=BTC_USD&valuation_type=mark_price");
        assertThat(script.waiting(Script.VALUATIONS).isGet()).isTrue();
        script.usually(Script.VALUATIONS);
        assertThat(script.only(Marked.class).marks()).containsEntry(Script.BTC, Price.of("60000"));
    }

    /** Nobody trades: its own time is old, and it is the price of now all the same. */
    @Test
    void aPriceThatStandsStillIsAskedForAndIsAsOfTheQuestion() {
        Script script = silent();
        String old = "\"v\":\"60000\",\"t\":" + (script.server().toEpochMilli() - 20_000);
        script.frame(StreamName.MARKET, price("mark", "BTC_USD", old));
        script.pass(Duration.ofSeconds(4));
        Instant now = script.server();
        script.answer(Script.VALUATIONS, "{\"data\":[{" + old + "}]}");
        assertThat(script.events(Marked.class).getLast().exchangeTime()).isBetween(now.minusSeconds(4), now);
    }

    /** The feed of the exchange stands: an answer is no proof that its price is one of now. */
    @Test
    void aPriceOfMinutesAgoStaysOld() {
        Script script = silent();
        script.pass(Duration.ofSeconds(4));
        Instant before = script.server().minusSeconds(90);
        script.forget();
        script.pass(Duration.ofSeconds(1));
        script.answer(Script.VALUATIONS, "{\"data\":[{\"v\":\"60000\",\"t\":" + before.toEpochMilli() + "}]}");
        assertThat(script.only(Marked.class).exchangeTime().toEpochMilli()).isEqualTo(before.toEpochMilli());
    }

    @Test
    void aSymbolThatIsTradedHasPricesFromThenOn() {
        Script script = Script.ready();
        script.call(new Call.Open(new ClientOrderId("qo-1"), Script.DOGE, Side.BUY, Quantity.of("100"), 1));
        assertThat(script.frames(StreamName.MARKET)
                        .getLast()
                        .path("params")
                        .path("channels")
                        .path(0)
                        .asString())
                .isEqualTo("mark.DOGE_USD");
    }

    @Test
    void allSymbolsHavePricesWhereNoneIsNamed() {
        Script script = new Script(CryptoComSettings.simulator("http://127.0.0.1:9100", Set.of()));
        script.begin();
        script.settle();
        script.openStream(StreamName.MARKET);
        script.pass(Duration.ofSeconds(1));
        assertThat(script.frames(StreamName.MARKET).getFirst().path("params").path("channels"))
                .isEqualTo(Script.json("[\"mark.BTC_USD\",\"mark.DOGE_USD\"]"));
    }

    @Test
    void whatIsSaidOfTheAccountIsReadBeforePrices() {
        CryptoComSession session = Script.ready().session;
        assertThat(session.urgency(new CryptoComInput.FrameReceived(StreamName.PRIVATE, 1, "{}")))
                .isEqualTo(Urgency.ACCOUNT);
        assertThat(session.urgency(new CryptoComInput.FrameReceived(StreamName.MARKET, 1, "{}")))
                .isEqualTo(Urgency.PRICE);
        assertThat(session.urgency(new CryptoComInput.Woken(1))).isEqualTo(Urgency.ANSWER);
        assertThat(session.urgency(new CryptoComInput.Failed(1, true, ""))).isEqualTo(Urgency.ANSWER);
    }
}
