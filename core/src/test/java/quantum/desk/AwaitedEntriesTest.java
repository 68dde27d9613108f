package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.guard.Breaker;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
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
        rig.close("c", DeskRig.BTC);
        rig.restart(List.of(), List.of());
        exchange.unknown(ClientOrderId.close("c"));
        assertThat(rig.reports("c")).isEmpty();
        executed(entry, "10", Status.FILLED);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("10");
        assertThat(rig.effects)
                .filteredOn(Effect.Acknowledge.class::isInstance)
                .as("of the open, and of the close once")
                .hasSize(2);
    }

    @Test
    void closeCallsOffTheFlipWhoseCloseIsUnderWay() {
        DeskRig rig = DeskRig.ready(ExistingPositionTest.rules(SameSide.REFUSE, OtherSide.FLIP, Breaker.Limit.NONE));
        Replies exchange = new Replies(rig);
        exchange.position("p", DeskRig.BTC);
        rig.intent(Map.of("intent_id", "f", "symbol", "BTCUSDT", "action", "SELL", "position_size_usd", "1000"));
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        for (int reading = 0; reading < 3; reading++) {
            rig.passSeconds(6);
            rig.positions();
        }
        assertThat(rig.calls(Call.Open.class)).as("the first alone").hasSize(1);
        assertThat(rig.reports("f"))
                .last()
                .isInstanceOfSatisfying(
                        Report.Rejected.class,
                        report -> assertThat(report.why()).isEqualTo(Refusal.INTERRUPTED));
        assertThat(rig.reports("c")).hasSize(1);
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
