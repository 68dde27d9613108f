package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Status;

/** The account's places for conditional orders: stops first, targets while places are spare (binance-usdm 4.7). */
class SlotsTest {

    private final DeskRig rig = DeskRig.ready(withSlots(5, 2));
    private final Replies exchange = new Replies(rig);

    private static Rules withSlots(int most, int keptFree) {
        return Rules.DEFAULT.withGuarding(Rules.DEFAULT.guarding().withSlots(new Rules.Slots(most, keptFree)));
    }

    private static ConditionalUpdate foreign(int number) {
        Call.PlaceConditional rest = new Call.PlaceConditional(
                new ClientOrderId("by-hand-" + number), DeskRig.BTC, Direction.LONG, Level.STOP, Price.of("90"));
        return Replies.conditional(rest, Status.NEW, null);
    }

    private List<Level> asked() {
        return rig.calls(Call.PlaceConditional.class).stream()
                .map(Call.PlaceConditional::level)
                .toList();
    }

    @Test
    void targetsAreLeftOutWhenNoPlaceIsSpare() {
        exchange.position("a", DeskRig.BTC);
        rig.buy("b", DeskRig.ETH);
        exchange.fill("100");
        assertThat(asked())
                .as("2 stops and 1 target of 3 places")
                .containsExactly(Level.STOP, Level.TARGET, Level.STOP);
        exchange.rest(rig.lastRest(Level.STOP));
        assertThat(rig.reports("b")).last().isInstanceOf(Report.Filled.class);
        assertThat(rig.view().counts().unprotected()).isZero();
    }

    @Test
    void aTargetGivesItsPlaceToAStop() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional target = rig.lastRest(Level.TARGET);
        for (Symbol symbol : List.of(DeskRig.ETH, DeskRig.SOL)) {
            rig.buy(symbol.name(), symbol);
            exchange.fill("100");
            exchange.rest(rig.lastRest(Level.STOP));
        }
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(target.id());
        exchange.takenOff();
        assertThat(asked())
                .filteredOn(level -> level == Level.TARGET)
                .as("not placed again")
                .hasSize(1);
    }

    @Test
    void anOpenThatCouldHaveNoStopIsRefused() {
        exchange.position("a", DeskRig.BTC);
        rig.rests(
                Replies.conditional(rig.lastRest(Level.STOP), Status.NEW, null),
                Replies.conditional(rig.lastRest(Level.TARGET), Status.NEW, null),
                foreign(1),
                foreign(2));
        rig.buy("b", DeskRig.ETH);
        assertThat(rig.reports("b"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why()).isEqualTo(Refusal.PROTECTION_SLOTS_TAKEN));
        assertThat(rig.calls(Call.CancelConditional.class))
                .as("others' orders are never cancelled")
                .isEmpty();
    }

    @Test
    void placesAreTakenByOthersFasterThanTheyAreListed() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional target = rig.lastRest(Level.TARGET);
        rig.buy("b", DeskRig.ETH);
        exchange.fill("100");
        exchange.denyRest(rig.lastRest(Level.STOP), Answer.Cause.TOO_MANY_RESTING);
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(target.id());
        exchange.takenOff();
        rig.passSeconds(1);
        exchange.rest(rig.lastRest(Level.STOP));
        assertThat(rig.view().counts().unprotected()).isZero();
    }
}
