package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.intent.Reading;
import quantum.intent.Report;
import quantum.intent.reading.IntentReader;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** Exits that a rule of entries, a missing price or a name once held back; docs/incidents.md tells each. */
class ExitIncidentsTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);
    private int letters;

    private String why(String intentId) {
        return rig.reports(intentId).stream()
                .map(r -> r instanceof Report.Rejected rejected ? rejected.why().name() : r.status())
                .reduce((first, second) -> second)
                .orElse("none");
    }

    private BigDecimal lastClosed() {
        return rig.last(Call.Close.class).quantity().value();
    }

    @Test
    void incP04ExitBelowTheSmallestWorthOfAnOpenLeaves() {
        exchange.position("a", DeskRig.BTC);
        rig.intent(Map.of("intent_id", "small", "symbol", "BTCUSDT", "action", "CLOSE", "quantity", "0.01"));
        assertThat(lastClosed()).isEqualByComparingTo("0.01");
    }

    @Test
    void incI03CloseWaitsForItsFillAsAnOpenDoes() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        Call.Close close = rig.last(Call.Close.class);
        exchange.answer(close.id(), new Answer.Accepted<>(exchange.update(close, OrderUpdate.Status.NEW, "0", "0")));
        rig.passSeconds(2);
        assertThat(rig.reports("c")).isEmpty();
        assertThat(rig.view().positions()).hasSize(1);
        exchange.stream(exchange.update(close, OrderUpdate.Status.FILLED, "10", "101"));
        assertThat(rig.reports("c"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Filled.class, r -> assertThat(r.fill().price()).isEqualTo(Price.of("101")));
    }

    @Test
    void incI12CloseRightAfterAnOpenLeavesAtOnce() {
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        rig.close("c", DeskRig.BTC);
        assertThat(lastClosed()).isEqualByComparingTo("10");
    }

    @Test
    void incI21CloseLeavesThoughNobodyKnowsThePrice() {
        exchange.position("a", DeskRig.BTC);
        rig.pass(Duration.ofMinutes(10));
        rig.buy("b", DeskRig.ETH);
        assertThat(why("b")).isEqualTo("PRICE_STALE");
        rig.close("c", DeskRig.BTC);
        assertThat(lastClosed()).isEqualByComparingTo("10");
    }

    @Test
    void incI40OneFrameOfPricesJudgesEveryPosition() {
        rig.positions(DeskRig.SYMBOLS.stream()
                .map(s -> Replies.held(s, Direction.LONG, "10", "100", "100"))
                .toArray(VenueEvent.Held[]::new));
        for (Call.PlaceConditional rest : rig.calls(Call.PlaceConditional.class)) {
            exchange.denyRest(rest, Answer.Cause.OTHER);
        }
        DeskRig.SYMBOLS.forEach(s -> rig.marks.put(s, Price.of("98.4")));
        rig.fresh();
        rig.mark();
        assertThat(rig.fresh().stream()
                        .filter(e -> e instanceof Effect.Ask(Call.Close _))
                        .map(e -> ((Call.Close) ((Effect.Ask) e).call()).symbol()))
                .containsExactlyInAnyOrderElementsOf(DeskRig.SYMBOLS);
    }

    /** A hold for a drift that nobody could mend blocked the close as well, and was told 41,513 times. */
    @Test
    void incI08ADriftHoldsNoCloseAndIsNotToldAgainAndAgain() {
        exchange.position("a", DeskRig.BTC);
        VenueEvent.Held seen = Replies.held(DeskRig.BTC, Direction.LONG, "7", "100", "100");
        rig.passSeconds(4);
        rig.positions(seen);
        int told = rig.alerts("").size();
        for (int i = 0; i < 500; i++) {
            rig.positions(seen);
        }
        assertThat(rig.alerts("")).hasSize(told);
        rig.close("c", DeskRig.BTC);
        assertThat(lastClosed()).isEqualByComparingTo("7");
    }

    /** A partial close was carried out as a whole one. */
    @Test
    void incI42AQuarterLeavesThreeQuartersUnderTheirStop() {
        exchange.position("a", DeskRig.BTC);
        rig.closePart("c", DeskRig.BTC, "0.25");
        exchange.fillClose("100");
        rig.passSeconds(30);
        assertThat(why("c")).isEqualTo("filled");
        assertThat(rig.view().positions()).singleElement().satisfies(p -> {
            assertThat(p.quantity()).isEqualByComparingTo("7.5");
            assertThat(p.stop().price()).isEqualByComparingTo("98.5");
        });
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(rig.closed()).isEmpty();
    }

    /** An exit waited for the answer of another and held for ever. */
    @Test
    void incI53NoExitWaitsForAnAnswer() {
        exchange.position("a", DeskRig.BTC);
        rig.buy("b", DeskRig.ETH);
        exchange.fill("100");
        exchange.protect();
        rig.fresh();
        rig.passSeconds(300);
        assertThat(rig.freshCalls(Call.ReadPositions.class)).isPositive();
        rig.close("c", DeskRig.BTC);
        assertThat(lastClosed()).isEqualByComparingTo("10");
        rig.mark(DeskRig.ETH, "98");
        rig.passSeconds(3);
        assertThat(rig.last(Call.Close.class).symbol()).isEqualTo(DeskRig.ETH);
    }

    @Test
    void incI50EveryPositionThatCannotBeProtectedIsAlarmedByItsSymbol() {
        List<Symbol> naked = List.of(DeskRig.BTC, DeskRig.ETH);
        rig.positions(naked.stream()
                .map(s -> Replies.held(s, Direction.SHORT, "10", "100", "100"))
                .toArray(VenueEvent.Held[]::new));
        for (int i = 0; i < 60; i++) {
            rig.calls(Call.PlaceConditional.class).forEach(rest -> exchange.denyRest(rest, Answer.Cause.CONFIGURATION));
            rig.passSeconds(1);
        }
        assertThat(rig.alerts("rest-denied"))
                .filteredOn(alert -> alert.severity() == Notice.Severity.CRITICAL)
                .extracting(Notice.Alert::symbol)
                .contains("BTCUSDT", "ETHUSDT");
        assertThat(rig.view().counts().unprotected()).isEqualTo(2);
    }

    /** 4,194 exits failed in 18 h (INC-P13), 1,498 were refused by an allow-list (INC-I81), and nobody was told. */
    @Test
    void incP13ARefusedExitIsAlarmedWhileItsPositionIsHeld() {
        Map<String, String> unmarked = Map.of(
                "intent_id", "early", "symbol", "BTCUSDT", "action", "SELL", "reason", "TP_HIT", "quantity", "10");
        rig.intent(unmarked);
        assertThat(why("early")).isEqualTo("CLOSE_UNMARKED");
        assertThat(rig.alerts("exit-refused")).isEmpty();
        exchange.position("a", DeskRig.BTC);
        Map<String, String> again = new HashMap<>(unmarked);
        again.put("intent_id", "late");
        rig.intent(again);
        assertThat(rig.alerts("exit-refused:late")).hasSize(1);
        rig.intent(Map.of("intent_id", "odd", "symbol", "BTCUSDT", "action", "CLOSE", "quantity", "ten"));
        assertThat(rig.alerts("exit-refused:odd")).hasSize(1);
        rig.close("denied", DeskRig.BTC);
        exchange.deny(rig.last(Call.Close.class).id(), -1013, Answer.Cause.RULES);
        assertThat(rig.alerts("exit-refused:denied")).hasSize(1);
        rig.close("gone", DeskRig.BTC);
        exchange.deny(rig.last(Call.Close.class).id(), -2022, Answer.Cause.NOTHING_TO_REDUCE);
        assertThat(rig.alerts("exit-refused"))
                .extracting(Notice.Alert::severity)
                .containsOnly(Notice.Severity.CRITICAL)
                .hasSize(3);
    }

    /** An id that never changes, as an alert of a chart sends it: the contract refuses it, and a person is called. */
    @Test
    void b3_anExitUnderAnIdThatWasUsedIsRefusedAndAlarmedAsOne() {
        rig.close("tv-alert-7", DeskRig.ETH);
        rig.intent(Map.of("intent_id", "tv-alert-7", "symbol", "BTCUSDT", "action", "CLOSE", "reason", "early"));
        assertThat(rig.alerts("exit-refused")).isEmpty();
        exchange.position("tv-alert-8", DeskRig.BTC);
        rig.close("tv-alert-8", DeskRig.BTC);
        assertThat(why("tv-alert-8")).isEqualTo("IDENTITY_REUSED");
        assertThat(rig.alerts("exit-refused:tv-alert-8")).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL);
            assertThat(alert.symbol()).isEqualTo("BTCUSDT");
            assertThat(alert.text()).contains("IDENTITY_REUSED", "an intent_id of its own");
        });
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void b3_anExitSaidAsASideOrUnreadableUnderAnIdThatWasUsedIsAlarmedToo() {
        exchange.position("a", DeskRig.BTC);
        rig.intent(Map.of("intent_id", "a", "symbol", "BTCUSDT", "action", "SELL", "reduceOnly", "true"));
        assertThat(rig.alerts("exit-refused:a")).hasSize(1);
        exchange.position("b", DeskRig.ETH);
        rig.intent(Map.of("intent_id", "b", "symbol", "ETHUSDT", "action", "SELL", "reason", "TP_HIT"));
        assertThat(rig.alerts("exit-refused:b")).hasSize(1);
        rig.passSeconds(31);
        rig.intent(Map.of("intent_id", "a", "symbol", "BTCUSDT", "action", "BUY", "position_size_usd", "7"));
        assertThat(rig.alerts("exit-refused")).hasSize(2);
    }

    @Test
    void b3_whateverRefusesAnExitIsAlarmedWhileSomethingIsHeld() {
        exchange.position("a", DeskRig.BTC);
        rig.intent(Map.of("intent_id", "wrong-side", "symbol", "BTCUSDT", "action", "BUY", "reduceOnly", "true"));
        assertThat(why("wrong-side")).isEqualTo("NO_POSITION");
        assertThat(rig.alerts("exit-refused:wrong-side")).hasSize(1);
        rig.intent(Map.of(
                "intent_id", "odd", "symbol", "BTCUSDT", "action", "SELL", "reduceOnly", "true", "quantity", "ten"));
        assertThat(why("odd")).isEqualTo("SCHEMA_INVALID");
        assertThat(rig.alerts("exit-refused:odd")).hasSize(1);
        rig.intent(Map.of("intent_id", "perhaps", "symbol", "BTCUSDT", "action", "SELL", "reduceOnly", "maybe"));
        assertThat(rig.alerts("exit-refused:perhaps")).hasSize(1);
        rig.close("first", DeskRig.BTC);
        rig.close("second", DeskRig.BTC);
        assertThat(why("second")).isEqualTo("CLOSE_IN_FLIGHT");
        assertThat(rig.alerts("exit-refused:second")).isEmpty();
        exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
        assertThat(rig.alerts("exit-refused:first")).hasSize(1);
    }

    /** A close without an identity ends as a dead letter by the contract; that it was one, a person must know. */
    @Test
    void anExitThatBecomesADeadLetterIsAlarmedWhileSomethingIsHeld() {
        Map<String, String> bare = Map.of("symbol", "BTCUSDT", "action", "CLOSE");
        dead(bare);
        assertThat(rig.alerts("exit-refused")).isEmpty();
        exchange.position("a", DeskRig.BTC);
        dead(Map.of("symbol", "ETHUSDT", "action", "CLOSE"));
        dead(Map.of("symbol", "BTCUSDT", "action", "BUY", "position_size_usd", "100"));
        assertThat(rig.alerts("exit-refused")).isEmpty();
        dead(bare);
        dead(Map.of("symbol", "BTCUSDT", "action", "SELL", "reduceOnly", "true", "timestamp", "{{timenow}}"));
        assertThat(rig.alerts("exit-refused:BTCUSDT")).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL);
            assertThat(alert.symbol()).isEqualTo("BTCUSDT");
            assertThat(alert.text()).contains("dead letter", "intent_id is missing", "an intent_id of its own");
        });
        rig.passSeconds(61);
        dead(bare);
        assertThat(rig.alerts("exit-refused:BTCUSDT").getLast().text()).contains("2 times");
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    private void dead(Map<String, String> fields) {
        Reading reading = IntentReader.read(fields, null);
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        rig.on(new Event.IntentArrived("d" + ++letters + "-0", fields, reading, null, 1));
    }

    @ParameterizedTest
    @CsvSource({"source, an_engine_of_tomorrow", "model, unheard-of", "strategy, exit brain 9"})
    void incI81CloseOfAnUnknownProducerLeaves(String field, String value) {
        exchange.position("a", DeskRig.BTC);
        rig.intent(Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "CLOSE", field, value));
        assertThat(lastClosed()).isEqualByComparingTo("10");
    }

    @ParameterizedTest
    @CsvSource({"BUY, SELL", "SELL, BUY"})
    void incI89CloseSaidAsASideBecomesTheOrderSideThatReduces(Side entry, Side exit) {
        rig.intent(Map.of("intent_id", "a", "symbol", "BTCUSDT", "action", entry.name(), "position_size_usd", "1000"));
        exchange.fill("100");
        rig.intent(Map.of("intent_id", "c", "symbol", "BTCUSDT", "side", "CLOSE"));
        assertThat(rig.last(Call.Close.class).side()).isEqualTo(exit);
    }

    @Test
    void incL01CloseThatWasRefusedMayBeAskedForAgain() {
        exchange.position("a", DeskRig.BTC);
        rig.close("first", DeskRig.BTC);
        rig.close("second", DeskRig.BTC);
        assertThat(why("second")).isEqualTo("CLOSE_IN_FLIGHT");
        exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
        assertThat(why("first")).isEqualTo("EXCHANGE_REJECTED");
        rig.close("third", DeskRig.BTC);
        exchange.fillClose("100");
        assertThat(why("third")).isEqualTo("filled");
    }

    @Test
    void incL05CloseAboveEveryLimitOfAnOpenLeavesWhole() {
        rig.said(new VenueEvent.PositionsRead(
                List.of(new VenueEvent.Held(
                        DeskRig.BTC,
                        Direction.LONG,
                        new quantum.market.Quantity(new BigDecimal("900")),
                        Price.of("100"),
                        Price.of("100"),
                        null,
                        50)),
                rig.now().nanos()));
        rig.account("0");
        rig.close("c", DeskRig.BTC);
        assertThat(lastClosed()).isEqualByComparingTo("900");
    }

    @Test
    void incI87NothingOfAClosedPositionStopsTheNextOpen() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(31);
        rig.buy("b", DeskRig.BTC);
        assertThat(rig.calls(Call.Open.class)).hasSize(2);
        exchange.fill("100");
        assertThat(rig.lastRest(Level.STOP).trigger()).isEqualTo(Price.of("98.5"));
        assertThat(rig.view().positions()).hasSize(1);
    }

    /** 2,500 entries of one id made as many alerts, and the length of their stream crowded the critical ones out. */
    @Test
    void b10_whatAProducerRepeatsIsOneAlertAMinuteWithACount() {
        exchange.position("a", DeskRig.BTC);
        for (int i = 0; i < 500; i++) {
            rig.intent(Map.of("intent_id", "a", "symbol", "BTCUSDT", "action", "CLOSE", "reason", "bar " + i));
        }
        assertThat(rig.alerts("identity-reused:a")).hasSize(1);
        assertThat(rig.alerts("exit-refused:a")).hasSize(1);
        assertThat(rig.reports("a")).hasSize(501);
        rig.intent(Map.of("intent_id", "b", "symbol", "BTCUSDT", "action", "BUY", "reduceOnly", "true"));
        assertThat(rig.alerts("exit-refused:b")).hasSize(1);
        rig.passSeconds(61);
        rig.close("a", DeskRig.BTC);
        assertThat(rig.alerts("identity-reused:a")).hasSize(2);
        assertThat(rig.alerts("exit-refused:a")).hasSize(2);
        assertThat(rig.alerts("exit-refused:a").getLast().text()).contains("500 times");
    }
}
