package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.Unclear;

/** Rows of the exchange that say that something is held in words that are not clear: shown, never skipped (X-F4, I-F8). */
final class UnclearTest {

    private static final Unclear ODD = new Unclear("ETHUSDT", "LONG", "2", "0.0", "no price is known");

    private DeskRig rig;
    private Replies exchange;

    @BeforeEach
    void start() {
        rig = DeskRig.ready();
        exchange = new Replies(rig);
    }

    private void shown(List<Held> held, Unclear... unclear) {
        rig.pass(java.time.Duration.ofMillis(1));
        rig.said(new VenueEvent.PositionsRead(held, List.of(unclear), rig.now().nanos()));
    }

    private Refusal why(String intent) {
        return ((Report.Rejected) rig.reports(intent).getFirst()).why();
    }

    @Test
    void iF8_anOddRowIsShownNamedOnceAndCountsAsUnprotected() {
        shown(List.of(), ODD);
        shown(List.of(), ODD);
        assertThat(rig.alerts("unclear:ETHUSDT")).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL);
            assertThat(alert.text()).contains("LONG 2 ETHUSDT at 0.0").contains("no price is known");
        });
        assertThat(rig.view().unclear()).containsExactly(ODD);
        assertThat(rig.view().counts().unprotected()).isEqualTo(1);
        shown(List.of());
        assertThat(rig.view().unclear()).isEmpty();
        assertThat(rig.view().counts().unprotected()).isZero();
    }

    @Test
    void iF8_anOddRowHidesNoOtherAndEndsNoPosition() {
        rig.buy("i1", DeskRig.ETH);
        exchange.fill("100");
        exchange.protect();
        rig.passSeconds(1);
        for (int reading = 0; reading < 3; reading++) {
            rig.passSeconds(20);
            shown(List.of(Replies.held(DeskRig.BTC, Direction.LONG, "1", "100", "100")), ODD);
        }
        assertThat(rig.view().positions())
                .extracting(DeskView.PositionView::symbol)
                .contains("BTCUSDT", "ETHUSDT");
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
    }

    @Test
    void iF8_besideAnOddRowNothingOpensAndACloseIsNotToldThatNothingIsHeld() {
        shown(List.of(), ODD);
        rig.buy("i1", DeskRig.ETH);
        assertThat(why("i1")).isEqualTo(Refusal.POSITION_UNCLEAR);
        rig.close("c1", DeskRig.ETH);
        assertThat(why("c1")).isEqualTo(Refusal.POSITION_UNCLEAR);
        rig.buy("i2", DeskRig.BTC);
        assertThat(rig.last(Call.Open.class).symbol()).isEqualTo(DeskRig.BTC);
    }

    @Test
    void xF4_flattenSaysWhatItCannotCloseAndIsNeverProvenWhileItIsHeld() {
        shown(List.of(), ODD);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        assertThat(rig.alerts("not-flattened:ETHUSDT"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("cannot close LONG 2 ETHUSDT"));
        for (int reading = 0; reading < 3; reading++) {
            rig.passSeconds(2);
            shown(List.of(), ODD);
        }
        assertThat(rig.notices(
                        n -> n instanceof Notice.Alert alert && alert.key().equals("flat") ? alert : null))
                .isEmpty();
        rig.passSeconds(1);
        shown(List.of());
        rig.passSeconds(1);
        shown(List.of());
        assertThat(rig.notices(
                        n -> n instanceof Notice.Alert alert && alert.key().equals("flat") ? alert : null))
                .hasSize(1);
    }
}
