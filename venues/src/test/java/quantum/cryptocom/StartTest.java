package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.market.Balance;
import quantum.market.Contract;
import quantum.market.Instrument;
import quantum.market.ProtectionForm;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.AccountRead;
import quantum.venue.VenueEvent.ConditionalsRead;
import quantum.venue.VenueEvent.HoldingsRead;
import quantum.venue.VenueEvent.InstrumentsRead;
import quantum.venue.VenueEvent.OrdersRead;
import quantum.venue.VenueEvent.Ready;
import quantum.venue.VenueEvent.StreamLost;
import quantum.venue.VenueEvent.Unusable;
import tools.jackson.databind.JsonNode;

/** From nothing to ready, and from there through losses of either stream. */
final class StartTest {

    private final Script script = new Script();

    private void begun() {
        script.begin();
        script.settle();
    }

    @Test
    void rulesBalanceAndOrdersAreReadBeforeAnySocketOpens() {
        script.begin();
        assertThat(script.sentMethods()).containsExactly(Script.INSTRUMENTS);
        script.settle();
        assertThat(script.sentMethods())
                .containsExactly(Script.INSTRUMENTS, Script.BALANCE, Script.OPEN_ORDERS, Script.ADVANCED_OPEN);
        assertThat(script.opened).containsExactly(StreamName.PRIVATE, StreamName.MARKET);
    }

    @Test
    void theListOfInstrumentsIsReadToItsLastCursor() {
        script.begin();
        script.answer(
                Script.INSTRUMENTS,
                "{\"data\":[" + Script.instrument("BTC_USD", "BTC", "0.01", "0.00001")
                        + "],\"next_cursor\":\"page 2\"}");
        assertThat(script.waiting(Script.INSTRUMENTS).query()).isEqualTo("cursor=page+2");
        script.answer(
                Script.INSTRUMENTS,
                "{\"data\":[" + Script.instrument("SHIB_USD", "SHIB", "0.000000001", "10000") + "]}");
        List<Instrument> read = script.only(InstrumentsRead.class).instruments();
        assertThat(read).extracting(each -> each.symbol().name()).containsExactly("BTC_USD", "SHIB_USD");
    }

    @Test
    void theStepIsTheQuantityTickAndNotTheDecimals() {
        script.begin();
        script.answer(
                Script.INSTRUMENTS,
                "{\"data\":[" + Script.instrument("SHIB_USD", "SHIB", "0.000000001", "10000") + "]}");
        Instrument shib = script.only(InstrumentsRead.class).instruments().getFirst();
        assertThat(shib.lots().step()).isEqualByComparingTo("10000");
        assertThat(shib.lots().min()).isEqualByComparingTo("10000");
        assertThat(shib.prices().tick()).isEqualByComparingTo("0.000000001");
        assertThat(shib.minNotional()).isEqualByComparingTo("1");
        assertThat(shib.contract()).isEqualTo(new Contract.Coin("SHIB", "USD"));
        assertThat(shib.contract().protection()).isEqualTo(ProtectionForm.PAIR);
        assertThat(shib.wholeSteps(new BigDecimal("29999"))).hasToString("20000");
    }

    @Test
    void futuresAndOddRowsHideNoPair() {
        script.begin();
        String perpetual =
                Script.instrument("BTCUSD-PERP", "BTC", "0.1", "0.0001").replace("CCY_PAIR", "PERPETUAL_SWAP");
        String broken = Script.instrument("ETH_USD", "ETH", "0.01", "zero");
        String halted = Script.instrument("DOT_USD", "DOT", "0.0001", "0.01")
                .replace("\"tradable\":true", "\"tradable\":false");
        script.answer(
                Script.INSTRUMENTS,
                "{\"data\":[" + perpetual + "," + broken + "," + halted + ","
                        + Script.instrument("BTC_USD", "BTC", "0.01", "0.00001") + "]}");
        List<Instrument> read = script.only(InstrumentsRead.class).instruments();
        assertThat(read).extracting(each -> each.symbol().name()).containsExactly("DOT_USD", "BTC_USD");
        assertThat(read).extracting(Instrument::trading).containsExactly(false, true);
        assertThat(script.only(VenueEvent.Unread.class).kind()).isEqualTo("instrument ETH_USD");
    }

    @Test
    void nothingIsSentOnASocketInItsFirstSecond() {
        begun();
        script.openStream(StreamName.PRIVATE);
        script.openStream(StreamName.MARKET);
        script.pass(Duration.ofMillis(999));
        assertThat(script.frames).isEmpty();
        script.pass(Duration.ofMillis(1));
        assertThat(script.frames(StreamName.PRIVATE)).hasSize(1);
        JsonNode login = script.frames(StreamName.PRIVATE).getFirst();
        assertThat(login.path("method").asString()).isEqualTo("public/auth");
        assertThat(login.path("sig").asString())
                .isEqualTo(new Signer("simkey", "simsecret")
                        .signature(
                                login.path("id").asLong(),
                                "public/auth",
                                Params.NONE,
                                login.path("nonce").asLong()));
        assertThat(script.frames(StreamName.MARKET)).hasSize(1);
        assertThat(script.frames(StreamName.MARKET)
                        .getFirst()
                        .path("params")
                        .path("channels")
                        .path(0)
                        .asString())
                .isEqualTo("mark.BTC_USD");
    }

    @Test
    void channelsAreAskedForOnceTheLoginIsAcknowledged() {
        begun();
        script.openStream(StreamName.PRIVATE);
        script.pass(Duration.ofSeconds(1));
        JsonNode login = script.frames(StreamName.PRIVATE).getFirst();
        script.frames.clear();
        script.frame(
                StreamName.PRIVATE,
                "{\"id\":\"" + login.path("id").asLong() + "\",\"method\":\"public/auth\",\"code\":\"0\"}");
        assertThat(script.frames(StreamName.PRIVATE))
                .extracting(
                        frame -> frame.path("params").path("channels").path(0).asString())
                .containsExactly("user.order", "user.advance.order", "user.trade", "user.balance");
        assertThat(script.frames(StreamName.PRIVATE))
                .allMatch(frame -> !frame.has("sig") && frame.path("id").isNumber());
    }

    @Test
    void aRefusedNameOfTheAdvancedChannelIsTriedInTheOtherSpelling() {
        begun();
        script.openStream(StreamName.PRIVATE);
        script.pass(Duration.ofSeconds(1));
        JsonNode login = script.frames(StreamName.PRIVATE).getFirst();
        script.frames.clear();
        script.frame(
                StreamName.PRIVATE, "{\"id\":" + login.path("id").asLong() + ",\"method\":\"public/auth\",\"code\":0}");
        long id = script.frames(StreamName.PRIVATE).get(1).path("id").asLong();
        script.frame(
                StreamName.PRIVATE,
                "{\"id\":" + id + ",\"method\":\"subscribe\",\"code\":40003,\"message\":\"INVALID\"}");
        assertThat(script.frames(StreamName.PRIVATE)
                        .getLast()
                        .path("params")
                        .path("channels")
                        .path(0)
                        .asString())
                .isEqualTo("user.advanced.order");
    }

    @Test
    void readyComesAfterTheAccountWasReadAgainOnTheOpenStreams() {
        begun();
        script.forget();
        script.connect();
        assertThat(script.events(Ready.class)).isEmpty();
        script.settle();
        assertThat(script.sentMethods()).containsExactly(Script.BALANCE, Script.OPEN_ORDERS, Script.ADVANCED_OPEN);
        Ready ready = script.only(Ready.class);
        assertThat(ready.again()).isFalse();
        assertThat(ready.selfTest().symbols()).isEqualTo(2);
        assertThat(ready.selfTest().balances())
                .containsExactly(new Balance("USD", new BigDecimal("1000.50"), new BigDecimal("900.25")));
        assertThat(script.events.indexOf(ready))
                .isGreaterThan(script.events.indexOf(script.only(ConditionalsRead.class)));
        assertThat(script.events(AccountRead.class)).hasSize(1);
        assertThat(script.events(HoldingsRead.class)).hasSize(1);
        assertThat(script.events(OrdersRead.class)).hasSize(1);
    }

    @Test
    void callsBeforeReadyAreAnsweredAsNotSent() {
        begun();
        script.call(new Call.ReadAccount());
        assertThat(script.events(VenueEvent.ReadFailed.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"401, 40101, API key", "401, 40103, address", "500, 50001, can be reached"})
    void anAccountThatCannotBeReadEndsTheStartWithTheNextStep(int status, int code, String step) {
        script.begin();
        script.usually(Script.INSTRUMENTS);
        script.refuse(Script.BALANCE, status, code);
        Unusable unusable = script.only(Unusable.class);
        assertThat(unusable.cause()).contains(String.valueOf(code));
        assertThat(unusable.nextStep()).contains(step);
        assertThat(script.opened).isEmpty();
    }

    @Test
    void aStreamThatDoesNotOpenEndsTheStart() {
        begun();
        script.drop(StreamName.PRIVATE);
        assertThat(script.only(Unusable.class).cause()).contains("PRIVATE").contains("reset");
    }

    @ParameterizedTest
    @CsvSource({"PRIVATE", "MARKET"})
    void aHeartbeatIsAnsweredWithItsOwnId(StreamName stream) {
        Script ready = Script.ready();
        ready.frame(stream, "{\"id\":1796040001234,\"method\":\"public/heartbeat\",\"code\":0}");
        assertThat(ready.frames.getLast().text())
                .isEqualTo("{\"id\":1796040001234,\"method\":\"public/respond-heartbeat\"}");
        assertThat(ready.frames.getLast().stream()).isEqualTo(stream);
    }

    @Test
    void aHeartbeatIdOf63BitsKeepsEveryDigit() {
        Script ready = Script.ready();
        ready.frame(StreamName.PRIVATE, "{\"id\":9223372036854775807,\"method\":\"public/heartbeat\",\"code\":0}");
        assertThat(ready.frames.getLast().text()).contains("\"id\":9223372036854775807,");
    }

    @Test
    void aLostUserStreamIsReadAnewAndReadyAgain() {
        Script ready = Script.ready();
        ready.drop(StreamName.PRIVATE);
        assertThat(ready.only(StreamLost.class).stream()).isEqualTo("PRIVATE");
        assertThat(ready.opened).isEmpty();
        ready.pass(Duration.ofMillis(500));
        assertThat(ready.opened).containsExactly(StreamName.PRIVATE);
        ready.openStream(StreamName.PRIVATE);
        ready.pass(Duration.ofSeconds(1));
        ready.acknowledgeAll();
        ready.settle();
        assertThat(ready.sentMethods()).containsExactly(Script.BALANCE, Script.OPEN_ORDERS, Script.ADVANCED_OPEN);
        assertThat(ready.only(Ready.class).again()).isTrue();
        assertThat(ready.events(HoldingsRead.class)).hasSize(1);
    }

    @Test
    void theAccountIsReadUntilItCouldBeReadWhole() {
        Script ready = Script.ready();
        ready.drop(StreamName.PRIVATE);
        ready.pass(Duration.ofMillis(500));
        ready.openStream(StreamName.PRIVATE);
        ready.pass(Duration.ofSeconds(1));
        ready.acknowledgeAll();
        ready.usually(Script.BALANCE);
        ready.lose(Script.OPEN_ORDERS);
        assertThat(ready.events(Ready.class)).isEmpty();
        assertThat(ready.events(HoldingsRead.class)).isEmpty();
        ready.pass(Duration.ofSeconds(1));
        ready.settle();
        assertThat(ready.only(Ready.class).again()).isTrue();
    }

    @Test
    void connectionsThatFailAreAskedForEverMoreSeldom() {
        Script ready = Script.ready();
        for (int seconds : new int[] {500, 1000, 2000, 4000, 8000, 16000, 30000, 30000}) {
            ready.drop(StreamName.MARKET);
            ready.opened.clear();
            ready.pass(Duration.ofMillis(seconds - 1));
            assertThat(ready.opened).doesNotContain(StreamName.MARKET);
            ready.pass(Duration.ofMillis(1));
            assertThat(ready.opened).contains(StreamName.MARKET);
        }
        assertThat(ready.events(StreamLost.class).stream()
                        .filter(lost -> lost.stream().equals("MARKET")))
                .hasSize(1);
    }

    @Test
    void aSocketThatStaysOpenAndSaysNothingIsGivenUp() {
        Script ready = Script.ready();
        ready.pass(Duration.ofSeconds(30));
        ready.frame(StreamName.PRIVATE, "{\"id\":1796040001234,\"method\":\"public/heartbeat\",\"code\":0}");
        ready.frame(StreamName.MARKET, "{\"id\":1796040001234,\"method\":\"public/heartbeat\",\"code\":0}");
        ready.pass(Duration.ofSeconds(44));
        assertThat(ready.events(StreamLost.class)).isEmpty();
        ready.pass(Duration.ofSeconds(2));
        assertThat(ready.events(StreamLost.class))
                .extracting(StreamLost::stream)
                .containsExactly("PRIVATE", "MARKET");
        assertThat(ready.closed).hasSize(2);
    }

    @Test
    void aLateWordOfAnOldConnectionCountsForNothing() {
        Script ready = Script.ready();
        long old = ready.connection(StreamName.PRIVATE);
        ready.drop(StreamName.PRIVATE);
        ready.forget();
        ready.input(new CryptoComInput.FrameReceived(
                StreamName.PRIVATE, old, "{\"id\":1,\"method\":\"public/heartbeat\",\"code\":0}"));
        ready.input(new CryptoComInput.StreamClosed(StreamName.PRIVATE, old, "again"));
        assertThat(ready.frames).isEmpty();
        assertThat(ready.events).isEmpty();
    }

    @Test
    void whatIsUnknownIsPublishedOnceForEachKind() {
        Script ready = Script.ready();
        for (int i = 0; i < 3; i++) {
            ready.frame(StreamName.PRIVATE, "{\"id\":-1,\"method\":\"public/strange\",\"code\":0}");
            ready.push("user.account_risk", "{\"x\":1}");
            ready.frame(StreamName.MARKET, "not JSON");
        }
        assertThat(ready.events(VenueEvent.Unread.class))
                .extracting(VenueEvent.Unread::kind)
                .containsExactly("frame public/strange", "channel user.account_risk", "frame of MARKET");
    }

    @Test
    void aDeskThatObservesSendsNoOrder() {
        Script observing = new Script(CryptoComSettings.simulator("http://127.0.0.1:9100", Set.of(Script.BTC))
                .observing());
        observing.begin();
        observing.settle();
        observing.connect();
        observing.settle();
        observing.forget();
        observing.call(new Call.Close(new ClientOrderId("qx-1"), Script.BTC, Side.SELL, Quantity.of("1")));
        assertThat(observing.sent).isEmpty();
        assertThat(observing.only(VenueEvent.OrderAnswered.class).answer()).isInstanceOf(Answer.NotSent.class);
    }
}
