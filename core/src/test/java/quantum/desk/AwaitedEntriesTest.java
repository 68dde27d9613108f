package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.decision.Effect;
import quantum.guard.Breaker;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate.Status;

/** A close that comes while an entry is under way: the producer wants nothing to be held (law 5). */
class AwaitedEntriesTest {

    private final DeskRig rig =
            DeskRig.ready(ExistingPositionTest.rules(SameSide.SCALE_IN, OtherSide.REFUSE, Breaker.Limit.NONE));
    private final Replies exchange = new Replies(rig);

    private Call.Open entryUnderWay() {
        rig.buy("a", DeskRig.BTC);
        return exchange.acknowledge();
    }

    private void executed(Call.Open entry, String quantity, Status status) {
        exchange.stream(exchange.update(entry, status, quantity, "100"));
        exchange.trade(entry.id(), Side.BUY, quantity, "100");
    }

    private long acknowledged() {
        return rig.effects.stream().filter(Effect.Acknowledge.class::isInstance).count();
    }

    @Test
    void closeWaitsForTheEntryAndClosesWhatItExecuted() {
        Call.Open entry = entryUnderWay();
        long before = acknowledged();
        rig.close("c", DeskRig.BTC);
        assertThat(rig.reports("c")).as("nothing is decided yet").isEmpty();
        assertThat(acknowledged()).as("the message stays with the bus").isEqualTo(before);
        assertThat(rig.calls(Call.CancelOpen.class))
                .singleElement()
                .satisfies(cancel -> assertThat(cancel.id()).isEqualTo(entry.id()));
        executed(entry, "10", Status.FILLED);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("10");
        assertThat(acknowledged()).isEqualTo(before + 1);
        exchange.fillClose("101");
        assertThat(rig.reports("c")).last().isInstanceOf(Report.Filled.class);
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(6);
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.closed()).hasSize(1);
    }

    @Test
    void closeOfAnEntryThatIsCancelledUnexecutedHasNothingToClose() {
        Call.Open entry = entryUnderWay();
        rig.close("c", DeskRig.BTC);
        exchange.stream(exchange.update(entry, Status.CANCELED, "0", "0"));
        rig.passSeconds(30);
        assertThat(rig.reports("c"))
                .last()
                .isInstanceOfSatisfying(
                        Report.Rejected.class,
                        report -> assertThat(report.why()).isEqualTo(Refusal.NO_POSITION));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void whatAPartlyExecutedEntryExecutesLaterIsClosedAsWell() {
        Call.Open entry = entryUnderWay();
        exchange.stream(exchange.update(entry, Status.PARTIALLY_FILLED, "4", "100"));
        exchange.trade(entry.id(), Side.BUY, "4", "100");
        rig.close("c", DeskRig.BTC);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("4");
        exchange.fillClose("101");
        exchange.stream(exchange.update(entry, Status.FILLED, "10", "100"));
        exchange.trade(entry.id(), Side.BUY, "6", "100");
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("6");
    }

    @Test
    void whatWasBeingAddedWhenAllWasClosedIsClosedAsWell() {
        exchange.position("p", DeskRig.BTC);
        Call.Open added = entryUnderWay();
        rig.close("c", DeskRig.BTC);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("10");
        exchange.fillClose("101");
        executed(added, "10", Status.FILLED);
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        rig.positions();
        rig.passSeconds(6);
        rig.positions();
        assertThat(rig.view().positions()).isEmpty();
    }

    /** The close has its ending, so the bus hands nothing over again: what is not wanted any more is on the order's row. */
    @Test
    void whatWasBeingAddedWhenAllWasClosedIsClosedAfterARestartAsWell() {
        exchange.position("p", DeskRig.BTC);
        Call.Open added = entryUnderWay();
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        rig.restart(List.of(), List.of());
        int before = rig.calls(Call.Close.class).size();
        executed(added, "10", Status.FILLED);
        assertThat(rig.calls(Call.Close.class)).hasSize(before + 1);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("10");
    }

    @Test
    void closeOfAPartLeavesTheEntryAloneAndTakesItsPart() {
        Call.Open entry = entryUnderWay();
        rig.closePart("c", DeskRig.BTC, "0.4");
        assertThat(rig.calls(Call.CancelOpen.class)).isEmpty();
        executed(entry, "10", Status.FILLED);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("4");
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void closeOfAQuantityLeavesTheEntryAlone() {
        entryUnderWay();
        rig.intent(Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "CLOSE", "quantity", "4"));
        assertThat(rig.calls(Call.CancelOpen.class)).isEmpty();
    }

    /** The exchange refuses the close of what came after: it waits its pause like every other. */
    @Test
    void closeOfWhatWasUnwantedIsNotSentAgainEveryTurn() {
        Call.Open entry = entryUnderWay();
        exchange.stream(exchange.update(entry, Status.PARTIALLY_FILLED, "4", "100"));
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        exchange.stream(exchange.update(entry, Status.PARTIALLY_FILLED, "7", "100"));
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
        exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
        rig.mark();
        rig.mark();
        assertThat(rig.calls(Call.Close.class)).as("its pause").hasSize(2);
        exchange.stream(exchange.update(entry, Status.EXPIRED, "7", "100"));
        rig.passSeconds(20);
        assertThat(rig.calls(Call.Close.class)).hasSize(3);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("3");
    }

    /** Nobody asked to close what another hand opens afterwards, while the outcome of the entry is still not known. */
    @Test
    void whatAnotherHandOpensAfterTheCloseIsNotTheUnwantedEntry() {
        exchange.position("p", DeskRig.BTC);
        entryUnderWay();
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(25);
        for (int reading = 0; reading < 3; reading++) {
            rig.passSeconds(5);
            rig.positions(Replies.held(DeskRig.BTC, Direction.SHORT, "3", "100", "100"));
        }
        assertThat(rig.view().positions()).hasSize(1);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void closeOfTheOtherSideHasNothingToWaitFor() {
        entryUnderWay();
        rig.intent(Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "CLOSE", "position_side", "SHORT"));
        assertThat(rig.reports("c")).last().isInstanceOf(Report.Rejected.class);
        assertThat(rig.calls(Call.CancelOpen.class)).isEmpty();
    }

    /** The exchange knows no close of an earlier life; the entry of that life is still under way. */
    @Test
    void closeThatIsHandedOverAgainWaitsForTheEntryAsWell() {
        Call.Open entry = entryUnderWay();
        String at = rig.now().exchange().toString();
        Map<String, String> close = Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "CLOSE", "timestamp", at);
        rig.intent(close);
        rig.restart(List.of(), List.of());
        rig.intent(close);
        exchange.unknown(ClientOrderId.close("c"));
        assertThat(rig.reports("c")).isEmpty();
        executed(entry, "10", Status.FILLED);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("10");
        assertThat(rig.effects)
                .filteredOn(Effect.Acknowledge.class::isInstance)
                .as("of the open, and of the close in both its messages")
                .hasSize(3);
    }

    /** A long that is being turned into a short, with its close under way. */
    private DeskRig reversal() {
        DeskRig reversal =
                DeskRig.ready(ExistingPositionTest.rules(SameSide.REFUSE, OtherSide.FLIP, Breaker.Limit.NONE));
        new Replies(reversal).position("p", DeskRig.BTC);
        reversal.intent(Map.of("intent_id", "f", "symbol", "BTCUSDT", "action", "SELL", "position_size_usd", "1000"));
        return reversal;
    }

    private static void closeAndReadFlat(DeskRig reversal) {
        Replies replies = new Replies(reversal);
        replies.fillClose("101");
        replies.trades(DeskRig.BTC);
        for (int reading = 0; reading < 3; reading++) {
            reversal.passSeconds(2);
            reversal.positions();
        }
    }

    @Test
    void closeCallsOffTheFlipWhoseCloseIsUnderWay() {
        DeskRig reversal = reversal();
        reversal.close("c", DeskRig.BTC);
        closeAndReadFlat(reversal);
        assertThat(reversal.calls(Call.Open.class)).as("the first alone").hasSize(1);
        assertThat(reversal.reports("f"))
                .last()
                .isInstanceOfSatisfying(
                        Report.Rejected.class,
                        report -> assertThat(report.why()).isEqualTo(Refusal.INTERRUPTED));
        assertThat(reversal.reports("c")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"ETHUSDT, BOTH", "BTCUSDT, LONG"})
    void closeOfSomethingElseLetsTheFlipGoOn(String symbol, String side) {
        DeskRig reversal = reversal();
        reversal.intent(Map.of("intent_id", "c", "symbol", symbol, "action", "CLOSE", "position_side", side));
        closeAndReadFlat(reversal);
        assertThat(reversal.calls(Call.Open.class)).hasSize(2);
    }

    /** The bus has the message still, and hands it over again. */
    @Test
    void closeThatWaitedWhenTheProcessEndedIsCarriedOutByTheNext() {
        Call.Open entry = entryUnderWay();
        rig.close("c", DeskRig.BTC);
        rig.restart(List.of(), List.of());
        executed(entry, "10", Status.FILLED);
        for (int asked = 0; asked < 2; asked++) {
            exchange.unknown(ClientOrderId.close("c"));
            rig.passSeconds(13);
        }
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("10");
    }
}
