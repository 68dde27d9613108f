package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent.ConditionalChanged;
import quantum.venue.VenueEvent.Halt;
import quantum.venue.VenueEvent.MarginCalled;
import quantum.venue.VenueEvent.Marked;
import quantum.venue.VenueEvent.OpensHalted;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.Ready;
import quantum.venue.VenueEvent.StreamLost;
import quantum.venue.VenueEvent.TriggerRefused;
import quantum.venue.VenueEvent.Unread;

final class SessionStreamsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");

    private Script script;

    @BeforeEach
    void start() {
        script = Script.ready();
        script.usual.put("/fapi/v1/premiumIndex", "[]");
    }

    @Test
    void tellsMeanPriceCumulativeQuantityAndTheFeeOfAllTrades() {
        script.frame(StreamName.PRIVATE, trade("PARTIALLY_FILLED", 1, "0.004", "0.004", "60000", "60000"));
        script.frame(StreamName.PRIVATE, trade("FILLED", 2, "0.006", "0.010", "60010", "60006"));
        assertThat(script.events(OrderChanged.class)).hasSize(2);
        OrderUpdate filled = last();
        assertThat(filled.status()).isEqualTo(Status.FILLED);
        assertThat(filled.executed().meanPrice()).isEqualTo(Price.of("60006"));
        assertThat(filled.executed().quantity()).isEqualByComparingTo("0.010");
        assertThat(filled.executed().fee()).isEqualByComparingTo("0.2");
        assertThat(filled.exchangeTime()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_002L));
    }

    @Test
    void countsARepeatedTradeOnce() {
        String once = trade("FILLED", 1, "0.010", "0.010", "60000", "60000");
        script.frame(StreamName.PRIVATE, once);
        script.frame(StreamName.PRIVATE, once);
        assertThat(last().executed().fee()).isEqualByComparingTo("0.1");
    }

    @Test
    void tellsNoFeeWhereATradeWasMissedOrPaidInAnotherAsset() {
        script.frame(StreamName.PRIVATE, trade("FILLED", 2, "0.006", "0.010", "60010", "60006"));
        assertThat(last().executed().fee()).isNull();
        script.frame(
                StreamName.PRIVATE,
                trade("FILLED", 3, "0.010", "0.010", "60010", "60006")
                        .replace("\"i\":77", "\"i\":78")
                        .replace("\"N\":\"USDT\"", "\"N\":\"BNB\""));
        assertThat(last().executed().fee()).isNull();
        assertThat(last().executed().quantity()).isEqualByComparingTo("0.010");
    }

    @Test
    void findsTheMeanPriceItselfOrAsksForIt() {
        script.frame(StreamName.PRIVATE, trade("FILLED", 1, "0.010", "0.010", "60000", "0"));
        assertThat(last().executed().meanPrice()).isEqualTo(Price.of("60000"));
        script.events.clear();
        script.frame(
                StreamName.PRIVATE,
                trade("FILLED", 2, "0.006", "0.010", "60000", "0").replace("\"i\":77", "\"i\":78"));
        assertThat(script.events).isEmpty();
        assertThat(script.next().query()).startsWith("symbol=BTCUSDT&orderId=78&");
    }

    @Test
    void tellsAMarketOrderThatExpiredWithPartOfItExecuted() {
        script.frame(StreamName.PRIVATE, trade("PARTIALLY_FILLED", 1, "0.004", "0.004", "60000", "60000"));
        script.frame(
                StreamName.PRIVATE,
                trade("EXPIRED", 0, "0", "0.004", "0", "60000").replace("\"n\":\"0.1\"", "\"n\":null"));
        assertThat(last().status()).isEqualTo(Status.EXPIRED);
        assertThat(last().executed().quantity()).isEqualByComparingTo("0.004");
        assertThat(last().executed().fee()).isEqualByComparingTo("0.1");
    }

    @Test
    void tellsConditionalOrders() {
        script.frame(StreamName.PRIVATE, """
                {"e":"ALGO_UPDATE","T":1,"E":1,"o":{"caid":"qs-1","aid":2148719,"at":"CONDITIONAL","o":"STOP_MARKET",
                "s":"BTCUSDT","S":"SELL","ps":"BOTH","q":"0","X":"TRIGGERED","ai":"88937381063","ap":"0","aq":"0",
                "tp":"59000","p":"0","cp":true}}
                """);
        assertThat(script.events(ConditionalChanged.class)).singleElement().satisfies(each -> {
            assertThat(each.update().status()).isEqualTo(ConditionalUpdate.Status.TRIGGERED);
            assertThat(Objects.requireNonNull(each.update().triggeredOrder()).value())
                    .isEqualTo("88937381063");
        });
    }

    private static final String CALL = """
            {"e":"MARGIN_CALL","E":1587727187525,"cw":"3.16812045","p":[%s]}""";
    private static final String CALLED = """
            {"s":"ETHUSDT","ps":"LONG","pa":"1.327","mt":"CROSSED","iw":"0","mp":"187.17127","up":"-1.166074",
            "mm":"1.614445"}""";

    /** The exchange's own alarm was "no such event is known", once in the life of the process. */
    @Test
    void xF11_readsEachPositionOfAMarginCallAndEachCall() {
        String oneWay = CALLED.replace("LONG", "BOTH").replace("1.327", "-2").replace("ETHUSDT", "BTCUSDT");
        String odd = CALLED.replace("\"187.17127\"", "null").replace("ETHUSDT", "SOLUSDT");
        script.frame(StreamName.PRIVATE, CALL.formatted(CALLED + ",{\"s\":7}," + oneWay + "," + odd));
        script.frame(StreamName.PRIVATE, CALL.formatted(CALLED));
        assertThat(script.events(MarginCalled.class))
                .containsExactly(
                        called("ETHUSDT", Direction.LONG, "1.327", "187.17127"),
                        called("BTCUSDT", Direction.SHORT, "2", "187.17127"),
                        new MarginCalled(
                                new Symbol("SOLUSDT"),
                                Direction.LONG,
                                new BigDecimal("1.327"),
                                null,
                                new BigDecimal("1.614445")),
                        called("ETHUSDT", Direction.LONG, "1.327", "187.17127"));
        assertThat(script.events(Unread.class)).hasSize(1);
    }

    private static MarginCalled called(String symbol, Direction direction, String quantity, String mark) {
        return new MarginCalled(
                new Symbol(symbol), direction, new BigDecimal(quantity), Price.of(mark), new BigDecimal("1.614445"));
    }

    @Test
    void xF11_readsThatATriggeredOrderWasRefused() {
        script.frame(StreamName.PRIVATE, """
                {"e":"CONDITIONAL_ORDER_TRIGGER_REJECT","E":1685517224945,"T":1685517224955,"or":{"s":"ETHUSDT",
                "i":155618472834,"r":"Due to the order could not be filled immediately, it has been rejected."}}""");
        assertThat(script.events(TriggerRefused.class)).singleElement().satisfies(refused -> {
            assertThat(refused.symbol()).isEqualTo(new Symbol("ETHUSDT"));
            assertThat(refused.words()).contains("has been rejected");
        });
        assertThat(script.events(Unread.class)).isEmpty();
    }

    @Test
    void xF11_multiAssetsModeThatIsSwitchedOnHaltsOpens() {
        script.frame(StreamName.PRIVATE, "{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":1,\"T\":1,\"ai\":{\"j\":false}}");
        assertThat(script.events(OpensHalted.class)).isEmpty();
        script.frame(StreamName.PRIVATE, "{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":1,\"T\":1,\"ai\":{\"j\":true}}");
        assertThat(script.events(OpensHalted.class))
                .containsExactly(new OpensHalted(Halt.CONFIGURATION, -4168, "multi-assets mode was switched on", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "7",
                "[1]",
                "{\"e\":5}",
                "{\"e\":\"ORDER_TRADE_UPDATE\"}",
                "{\"e\":\"ORDER_TRADE_UPDATE\",\"T\":1,\"o\":{\"s\":\"\"}}",
                "{\"e\":\"ALGO_UPDATE\",\"o\":{\"tp\":\"1\",\"aid\":1}}",
                "{\"e\":\"SOMETHING_NEW\",\"x\":{}}"
            })
    void survivesAndCountsWhatItCannotRead(String text) {
        script.frame(StreamName.PRIVATE, text);
        assertThat(script.session.oddities()).isEqualTo(1);
        // Told once for each kind, whatever comes after it.
        script.frame(StreamName.PRIVATE, text);
        assertThat(script.session.oddities()).isEqualTo(2);
        assertThat(script.events).singleElement().isInstanceOf(Unread.class);
        script.frame(StreamName.PRIVATE, "{\"e\":\"TRADE_LITE\"}");
        script.frame(StreamName.PRIVATE, "{\"e\":\"ACCOUNT_UPDATE\",\"a\":{\"m\":\"ORDER\"}}");
        assertThat(script.session.oddities()).isEqualTo(2);
    }

    @Test
    void reconnectsALostUserStreamAndReadsTheAccountAgain() {
        long old = script.connection(StreamName.PRIVATE);
        script.dropped(StreamName.PRIVATE);
        assertThat(script.events).containsExactly(new StreamLost("PRIVATE", "reset"));
        script.pass(Duration.ofMillis(249));
        assertThat(script.sent).isEmpty();
        script.pass(Duration.ofMillis(1));
        script.usually();
        assertThat(script.connection(StreamName.PRIVATE)).isNotEqualTo(old);
        script.input(new BinanceInput.FrameReceived(
                StreamName.PRIVATE, old, trade("FILLED", 1, "0.010", "0.010", "60000", "60000")));
        assertThat(script.events(OrderChanged.class)).isEmpty();
        script.events.clear();
        script.opened(StreamName.PRIVATE);
        script.answer(503, "{\"code\":-1000,\"msg\":\"Unknown error\"}");
        assertThat(script.events).isEmpty();
        script.pass(Duration.ofSeconds(1));
        script.settle();
        assertThat(script.events)
                .extracting(each -> each.getClass().getSimpleName())
                .containsExactly("AccountRead", "PositionsRead", "ConditionalsRead", "Ready");
        assertThat(script.events(Ready.class).getFirst().again()).isTrue();
    }

    @Test
    void waitsLongerAfterEachFailureAndTellsTheLossOnce() {
        script.dropped(StreamName.PRIVATE);
        Duration waited = Duration.ZERO;
        for (long pause : new long[] {250, 500, 1000, 2000, 4000, 5000, 5000}) {
            script.pass(Duration.ofMillis(pause).minus(waited).minusMillis(1));
            assertThat(script.waiting.stream().filter(each -> each.path().endsWith("listenKey")))
                    .isEmpty();
            script.pass(Duration.ofMillis(1));
            script.waiting.removeIf(each -> !each.path().endsWith("listenKey"));
            script.refuseConnection();
        }
        assertThat(script.events(StreamLost.class)).hasSizeGreaterThanOrEqualTo(1);
        assertThat(script.events(StreamLost.class).stream()
                        .filter(each -> each.stream().equals("PRIVATE")))
                .hasSize(1);
    }

    @Test
    void keepsTheListenKeyAliveAndTakesANewOneWhenItIsGone() {
        for (int minute = 0; minute < 30; minute++) {
            script.pass(Duration.ofMinutes(1));
        }
        assertThat(script.sentPaths().stream().filter("PUT /fapi/v1/listenKey"::equals))
                .hasSize(1);
        script.waiting.removeIf(each -> !each.path().endsWith("listenKey"));
        script.events.clear();
        script.answer(400, "{\"code\":-1125,\"msg\":\"This listenKey does not exist.\"}");
        assertThat(script.events(StreamLost.class)).hasSize(1);
        script.pass(Duration.ofSeconds(1));
        assertThat(script.sentPaths()).contains("POST /fapi/v1/listenKey");
    }

    @Test
    void takesANewKeyWhenTheExchangeSaysThatItExpired() {
        long old = script.connection(StreamName.PRIVATE);
        script.frame(StreamName.PRIVATE, "{\"e\":\"listenKeyExpired\",\"E\":\"1\",\"listenKey\":\"key-1\"}");
        script.frame(StreamName.PRIVATE, "{\"e\":\"listenKeyExpired\",\"E\":1,\"listenKey\":\"key-1\"}");
        assertThat(script.events(StreamLost.class)).hasSize(1);
        assertThat(script.closed).containsExactly(new BinanceRequest.CloseStream(StreamName.PRIVATE, old));
    }

    @Test
    void tellsMarksOfKnownSymbolsOfOurMarketAlone() {
        script.frame(StreamName.MARKET, """
                [{"e":"markPriceUpdate","E":1700000001000,"s":"BTCUSDT","p":"60000.10","ap":"1","st":1},
                {"e":"markPriceUpdate","E":1700000001000,"s":"BTCUSDT","p":"1.0","st":2},
                {"e":"markPriceUpdate","E":1700000001001,"s":"ETHUSDT","p":"0.00000000","st":1},
                {"e":"markPriceUpdate","E":1700000001000,"s":"BTCUSD_PERP","p":"2.0","st":2},
                {"e":"markPriceUpdate","E":1700000001000,"s":"NOBODYUSDT","p":"2.0"}]
                """);
        assertThat(script.events)
                .containsExactly(
                        new Marked(Map.of(BTC, Price.of("60000.1")), Instant.ofEpochMilli(1_700_000_001_000L)));
    }

    @Test
    void onePriceThatCannotBeReadDoesNotBlindItToTheOthers() {
        script.frame(StreamName.MARKET, """
                [{"e":"markPriceUpdate","E":1700000001000,"p":"5"},
                {"e":"markPriceUpdate","E":1700000001000,"s":"ETHUSDT","p":"much"},
                {"e":"markPriceUpdate","E":1700000001000,"s":"ETHUSDT","p":"2000","st":"one"},
                "what",
                {"e":"markPriceUpdate","E":1700000001000,"s":"BTCUSDT","p":"60000"}]
                """);
        assertThat(script.events(Marked.class))
                .containsExactly(new Marked(Map.of(BTC, Price.of("60000")), Instant.ofEpochMilli(1_700_000_001_000L)));
        assertThat(script.session.oddities()).isEqualTo(4);
        assertThat(script.events(Unread.class)).as("told once").hasSize(1);
    }

    @Test
    void asksForPricesEverySecondWhileTheStreamIsSilentAndReconnectsIt() {
        long old = script.connection(StreamName.MARKET);
        script.pass(Duration.ofMillis(4999));
        assertThat(script.sent).isEmpty();
        script.pass(Duration.ofMillis(1));
        assertThat(script.sentPaths()).containsExactly("GET /fapi/v1/premiumIndex");
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"markPrice\":\"59999\",\"time\":1700000001000}]");
        assertThat(script.events(Marked.class)).hasSize(1);
        assertThat(script.events(StreamLost.class)).hasSize(1);
        script.pass(Duration.ofSeconds(1));
        assertThat(script.sent).hasSize(2);
        assertThat(script.connection(StreamName.MARKET)).isNotEqualTo(old);
        script.opened(StreamName.MARKET);
        assertThat(script.events(Ready.class)).hasSize(1);
        script.frame(StreamName.MARKET, "[{\"E\":1700000001000,\"s\":\"BTCUSDT\",\"p\":\"60000\"}]");
        script.settle();
        script.sent.clear();
        script.pass(Duration.ofMillis(3900));
        assertThat(script.sent).isEmpty();
    }

    private OrderUpdate last() {
        return script.events(OrderChanged.class).getLast().update();
    }

    private static String trade(
            String status, long tradeId, String quantity, String cumulative, String price, String mean) {
        return """
                {"e":"ORDER_TRADE_UPDATE","E":1700000000003,"T":1700000000002,"o":{"s":"BTCUSDT","c":"qo-1","S":"BUY",
                "o":"MARKET","f":"GTC","q":"0.010","p":"0","ap":"%s","sp":"0","x":"TRADE","X":"%s","i":77,"l":"%s",
                "z":"%s","L":"%s","N":"USDT","n":"0.1","T":1700000000001,"t":%d,"b":"0","a":"0","m":false,"R":false,
                "wt":"CONTRACT_PRICE","ot":"MARKET","ps":"BOTH","cp":false,"rp":"0","pP":false,"si":0,"ss":0}}
                """.formatted(mean, status, quantity, cumulative, price, tradeId);
    }
}
