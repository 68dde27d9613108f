package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Symbol;
import quantum.venue.Call;
import quantum.venue.VenueEvent.AccountRead;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.InstrumentsRead;
import quantum.venue.VenueEvent.PositionsRead;
import quantum.venue.VenueEvent.ReadFailed;
import quantum.venue.VenueEvent.Ready;
import quantum.venue.VenueEvent.Unusable;

final class SessionStartTest {

    @Test
    void readsClockRulesAndRightsThenOpensStreamsThenReadsTheAccount() {
        Script script = new Script();
        script.begin();
        script.settle();
        assertThat(script.events).singleElement().isInstanceOf(InstrumentsRead.class);
        assertThat(script.streams.get(StreamName.PRIVATE))
                .isNotNull()
                .satisfies(open ->
                        assertThat(open.url()).startsWith("ws://127.0.0.1:9100/private/ws?listenKey=key-1&events="));
        assertThat(script.streams.get(StreamName.MARKET))
                .isNotNull()
                .satisfies(open -> assertThat(open.url())
                        .isEqualTo("ws://127.0.0.1:9100/market/ws/!markPrice@arr@1s/!contractInfo"));
        script.openStreams();
        script.settle();
        assertThat(script.events)
                .extracting(each -> each.getClass().getSimpleName())
                .containsExactly("InstrumentsRead", "AccountRead", "PositionsRead", "ConditionalsRead", "Ready");
        Ready ready = script.events(Ready.class).getFirst();
        assertThat(ready.again()).isFalse();
        assertThat(ready.selfTest().clockOffsetMillis()).isBetween(248L, 252L);
        assertThat(ready.selfTest().symbols()).isEqualTo(2);
        assertThat(ready.selfTest().balances().getFirst().wallet()).isEqualByComparingTo("1000");
        assertThat(ready.selfTest().endpoint()).isEqualTo("http://127.0.0.1:9100");
        assertThat(script.sentPaths())
                .containsExactly(
                        "GET /fapi/v1/time",
                        "GET /fapi/v1/time",
                        "GET /fapi/v1/time",
                        "GET /fapi/v1/exchangeInfo",
                        "GET /fapi/v1/accountConfig",
                        "POST /fapi/v1/listenKey",
                        "GET /fapi/v3/account",
                        "GET /fapi/v1/symbolConfig",
                        "GET /fapi/v3/positionRisk",
                        "GET /fapi/v1/openAlgoOrders",
                        "GET /fapi/v1/premiumIndex");
    }

    /** Protection waits for the start, which therefore takes from the part of the limits that is kept for it (law 5). */
    @Test
    void startsWhereTheShareOfQuestionsIsUsedUpAlready() {
        Script script = new Script();
        script.begin();
        script.pass(Duration.ofMillis(2));
        script.answer(200, new Usage(1_950L, null, null, null), "{\"serverTime\":" + script.serverMillis() + "}");
        script.settle();
        script.openStreams();
        script.settle();
        assertThat(script.events(Ready.class)).hasSize(1);
    }

    /** A minute that others on this address have used up is over after a minute; ending now would help nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"/fapi/v1/exchangeInfo", "/fapi/v1/accountConfig", "/fapi/v1/listenKey"})
    void waitsForTheNextMinuteWhereThisOneIsUsedUp(String path) {
        Script script = new Script();
        script.begin();
        while (!script.next().path().equals(path)) {
            script.usually();
        }
        script.answer(429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}");
        assertThat(script.events(Unusable.class)).isEmpty();
        assertThat(script.waiting).as("nothing before the minute is over").isEmpty();
        script.pass(Duration.ofMinutes(1));
        script.settle();
        script.openStreams();
        script.settle();
        assertThat(script.events(Ready.class)).hasSize(1);
    }

    @Test
    void believesTheClockReadingWithTheShortestWay() {
        Script script = new Script();
        script.begin();
        script.pass(Duration.ofSeconds(2));
        script.answer(200, "{\"serverTime\":" + (script.serverMillis() - 5) + "}");
        script.usually();
        script.pass(Duration.ofMillis(900));
        script.answer(200, "{\"serverTime\":1}");
        var nanos = script.now().nanos();
        assertThat(script.session.exchangeTime(nanos))
                .isNotNull()
                .isBetween(
                        Script.SERVER.plusNanos(nanos).minusMillis(3),
                        Script.SERVER.plusNanos(nanos).plusMillis(3));
    }

    /** An answer that was 4 s under way says when it was to 2 s only, and an intent's age is judged by it (seed 31904). */
    @Test
    void aVagueReadingOfTheClockIsFollowedByAnotherThoughOneIsLost() {
        Script script = new Script();
        script.begin();
        script.pass(Duration.ofSeconds(4));
        script.answer(200, "{\"serverTime\":" + script.serverMillis() + "}");
        script.lose("timeout");
        script.usually();
        var nanos = script.now().nanos();
        assertThat(script.session.exchangeTime(nanos))
                .isNotNull()
                .isBetween(
                        Script.SERVER.plusNanos(nanos).minusMillis(3),
                        Script.SERVER.plusNanos(nanos).plusMillis(3));
    }

    @Test
    void aClockThatStaysVagueIsReadAgainInASecond() {
        Script script = new Script();
        script.begin();
        while (script.next().path().equals("/fapi/v1/time")) {
            script.pass(Duration.ofSeconds(4));
            script.answer(200, "{\"serverTime\":" + script.serverMillis() + "}");
        }
        script.sent.clear();
        script.pass(Duration.ofSeconds(1));
        assertThat(script.sentPaths()).contains("GET /fapi/v1/time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"code\":-2015,\"msg\":\"Invalid API-key, IP, or permissions for action.\"} | right to trade",
                "401 | {\"code\":-2014,\"msg\":\"API-key format invalid.\"}                          | format",
                "400 | {\"code\":-2008,\"msg\":\"Invalid Api-Key ID.\"}                              | environment",
                "400 | {\"code\":-1022,\"msg\":\"Signature for this request is not valid.\"}         | secret",
                "200 | <html>welcome</html>                                                          | can be reached",
                "200 | {\"canTrade\":\"yes\"}                                                        | can be reached",
                "200 | {\"canTrade\":false,\"dualSidePosition\":false}                               | allow futures",
                "200 | {\"canTrade\":true,\"dualSidePosition\":true}                                 | position_mode",
                "200 | {\"canTrade\":true,\"dualSidePosition\":false,\"multiAssetsMargin\":true}     | single-asset"
            })
    void saysWhatToDoWhenTheAccountCannotBeUsed(int status, String body, String nextStep) {
        Script script = new Script();
        script.begin();
        while (!script.next().path().equals("/fapi/v1/accountConfig")) {
            script.usually();
        }
        script.answer(status, body);
        assertThat(script.events(Unusable.class))
                .singleElement()
                .satisfies(unusable -> assertThat(unusable.nextStep()).contains(nextStep));
        assertThat(script.waiting).isEmpty();
        script.call(new Call.ReadPositions());
        assertThat(script.events(ReadFailed.class)).hasSize(1);
    }

    @Test
    void xFP3_anAccountInMultiAssetsModeIsToldThatItIsNotServed() {
        Script script = new Script();
        script.usual.put(
                "/fapi/v1/accountConfig", "{\"canTrade\":true,\"dualSidePosition\":false,\"multiAssetsMargin\":true}");
        script.begin();
        script.settle();
        assertThat(script.events(Unusable.class))
                .singleElement()
                .satisfies(unusable -> assertThat(unusable.nextStep())
                        .contains("EU")
                        .contains("BNFCR")
                        .contains("not served"));
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, true, false"})
    void refusesRightsToWithdrawWhereRealMoneyLies(boolean mayWithdraw, boolean isRefused, boolean isUnusable) {
        Script script =
                new Script(BinanceSettings.simulator("http://127.0.0.1:9100").refusingWithdrawal(isRefused));
        script.usual.put(
                "/fapi/v1/accountConfig",
                "{\"canTrade\":true,\"canWithdraw\":" + mayWithdraw + ",\"dualSidePosition\":false}");
        script.begin();
        script.settle();
        assertThat(script.events(Unusable.class)).hasSize(isUnusable ? 1 : 0).allSatisfy(each -> {
            assertThat(each.cause()).contains("withdrawn");
            assertThat(each.nextStep()).contains("keys.withdrawal_allowed");
        });
    }

    @Test
    void isUnusableWhenTheExchangeCannotBeReached() {
        Script script = new Script();
        script.begin();
        script.refuseConnection();
        assertThat(script.events)
                .containsExactly(new Unusable(
                        "the exchange's clock could not be read: not sent: connection refused",
                        "check that http://127.0.0.1:9100 can be reached from here, then start again"));
    }

    @Test
    void isUnusableWhenAStreamDoesNotOpen() {
        Script script = new Script();
        script.begin();
        script.settle();
        script.opened(StreamName.MARKET);
        script.dropped(StreamName.PRIVATE);
        script.openStreams();
        assertThat(script.events(Unusable.class))
                .singleElement()
                .satisfies(unusable ->
                        assertThat(unusable.cause()).contains("PRIVATE").doesNotContain("key-1"));
        assertThat(script.events(Ready.class)).isEmpty();
    }

    @Test
    void isUnusableWhenTheAccountCannotBeRead() {
        Script script = new Script();
        script.begin();
        script.settle();
        script.openStreams();
        script.answer(200, "[]");
        assertThat(script.events(Unusable.class)).hasSize(1);
        assertThat(script.events(AccountRead.class)).isEmpty();
    }

    @Test
    void readsTheLeverageOfAHeldSymbolApart() {
        Script script = Script.ready();
        script.usual.put(
                Script.POSITIONS,
                "[{\"symbol\":\"ETHUSDT\",\"positionSide\":\"BOTH\",\"positionAmt\":\"-2\",\"entryPrice\":\"3000\","
                        + "\"markPrice\":\"3001\",\"liquidationPrice\":\"3900\"}]");
        script.call(new Call.ReadPositions());
        long asked = script.now().nanos();
        script.pass(Duration.ofMillis(40));
        script.settle();
        assertThat(script.sentPaths()).containsExactly("GET /fapi/v3/positionRisk");
        assertThat(script.events(PositionsRead.class)).singleElement().satisfies(read -> {
            assertThat(read.askedNanos()).isEqualTo(asked);
            assertThat(read.positions()).singleElement().satisfies(held -> {
                assertThat(held.symbol()).isEqualTo(new Symbol("ETHUSDT"));
                assertThat(held.leverage()).isEqualTo(3);
            });
        });

        script.usual.put(Script.POSITIONS, script.usual.get(Script.POSITIONS).replace("ETHUSDT", "NEWUSDT"));
        script.call(new Call.ReadPositions());
        script.settle();
        assertThat(script.sentPaths()).endsWith("GET /fapi/v3/positionRisk", "GET /fapi/v1/symbolConfig");
        assertThat(script.events(ReadFailed.class)).isEmpty();
        assertThat(script.events(PositionsRead.class).getLast().positions())
                .as("a leverage that nobody tells delays the protection of nothing")
                .extracting(Held::leverage)
                .containsExactly(1);
        script.call(new Call.ReadPositions());
        script.usually();
        script.answer(503, "{\"code\":-1008,\"msg\":\"throttled\"}");
        assertThat(script.events(ReadFailed.class)).hasSize(1);
    }

    @Test
    void readsTheClockAndTheRulesAgainFromTimeToTime() {
        Script script = Script.ready();
        script.usual.put("/fapi/v1/premiumIndex", "[]");
        for (int minute = 0; minute < 61; minute++) {
            script.pass(Duration.ofMinutes(1));
            script.settle();
            script.opened(StreamName.MARKET);
        }
        assertThat(script.sentPaths().stream().filter("GET /fapi/v1/time"::equals))
                .hasSize(36);
        assertThat(script.events(InstrumentsRead.class)).hasSize(1);
    }
}
