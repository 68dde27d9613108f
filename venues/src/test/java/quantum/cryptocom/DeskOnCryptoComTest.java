package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.venue.VenueEvent;

/**
 * The desk and the session together, from an intent to the end of its position (12 of the platform behind seed 004).
 */
final class DeskOnCryptoComTest {

    private final ScriptedDesk rig = ScriptedDesk.ready();

    @Test
    void whatIsBoughtIsProtectedByAPair() {
        rig.open();
        assertThat(rig.report("i-1")).as("%s", rig.alerts()).isEqualTo("filled");
        assertThat(rig.resting()).containsExactly("LIMIT 0.01 at 66000", "STOP_LOSS 0.01 at 57000");
    }

    @Test
    void aBuyThatEndsCancelledWithAStepMissingIsProtectedForWhatItBought() {
        rig.residue = new BigDecimal("0.00001");
        rig.open();
        assertThat(rig.report("i-1")).isEqualTo("filled");
        assertThat(rig.resting()).containsExactly("LIMIT 0.00999 at 66000", "STOP_LOSS 0.00999 at 57000");
    }

    @Test
    void aTargetThatSellsAllEndsThePositionAsATarget() {
        rig.open();
        rig.targetSells("0.01");
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.resting()).isEmpty();
        assertThat(rig.coins()).isEqualByComparingTo("0");
        assertThat(rig.ends()).hasSize(1);
        assertThat(rig.ends().getFirst().reason()).hasToString("TP");
    }

    @Test
    void aTargetThatSellsAPartLeavesTheRestProtectedByANewPairAtOnce() {
        rig.open();
        rig.targetSells("0.004");
        rig.pass(Duration.ofMillis(500));
        assertThat(rig.coins()).isEqualByComparingTo("0.006");
        assertThat(rig.resting()).containsExactly("LIMIT 0.006 at 66000", "STOP_LOSS 0.006 at 57000");
        assertThat(rig.ends()).isEmpty();
    }

    @Test
    void aStopThatFiresEndsThePositionAsAStopThoughNoStreamSpeaksOfThePair() {
        rig.open();
        rig.stopFires();
        rig.pass(Duration.ofSeconds(40));
        assertThat(rig.resting()).isEmpty();
        assertThat(rig.coins()).isEqualByComparingTo("0");
        assertThat(rig.ends()).hasSize(1);
        assertThat(rig.ends().getFirst().reason()).hasToString("SL");
    }

    @Test
    void aCloseTakesThePairOffBeforeItSells() {
        rig.open();
        rig.script.sent.clear();
        rig.intent("i-2", "CLOSE", Map.of());
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.report("i-2")).as("%s", rig.alerts()).isEqualTo("filled");
        List<String> sent = rig.script.sentMethods();
        assertThat(sent.indexOf(Script.CANCEL_OCO)).isBetween(0, sent.indexOf(Script.CREATE) - 1);
        assertThat(rig.coins()).isEqualByComparingTo("0");
        assertThat(rig.resting()).isEmpty();
    }

    @Test
    void aStopThatIsRejectedAfterItsAcknowledgementIsNeverCalledProtection() {
        rig.rejectsStops = true;
        rig.open();
        assertThat(rig.script.events(VenueEvent.PairAnswered.class)).isNotEmpty();
        rig.rejectsStops = false;
        rig.pass(Duration.ofSeconds(60));
        boolean isProtected = rig.resting().stream().anyMatch(each -> each.startsWith("STOP_LOSS"));
        assertThat(isProtected || rig.coins().signum() == 0)
                .as("%s", rig.alerts())
                .isTrue();
    }

    @Test
    void aShortIsRefusedByName() {
        rig.intent("i-3", "SELL", Map.of("position_size_usd", "600"));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.report("i-3")).isNotEmpty().isNotEqualTo("filled");
        assertThat(rig.coins()).isEqualByComparingTo("0");
    }

    private long sent(String method) {
        return rig.script.sentMethods().stream().filter(method::equals).count();
    }

    @Test
    void anEntryWhoseAnswerWasLostIsOnePosition() {
        rig.losesAnswerOf = Script.CREATE;
        rig.script.sent.clear();
        rig.open();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.report("i-1")).isEqualTo("filled");
        assertThat(sent(Script.CREATE)).isEqualTo(1);
        assertThat(rig.coins()).isEqualByComparingTo("0.01");
        assertThat(rig.resting()).containsExactly("LIMIT 0.01 at 66000", "STOP_LOSS 0.01 at 57000");
    }

    @Test
    void aPairWhoseAnswerWasLostIsFoundAndNotPlacedTwice() {
        rig.losesAnswerOf = Script.CREATE_OCO;
        rig.script.sent.clear();
        rig.open();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.report("i-1")).isEqualTo("filled");
        assertThat(sent(Script.CREATE_OCO)).isEqualTo(1);
        assertThat(rig.resting()).containsExactly("LIMIT 0.01 at 66000", "STOP_LOSS 0.01 at 57000");
    }

    /** 12: HTTP 200 with code 140001: entries are blocked, and what cannot be protected is closed. */
    @Test
    void whereTheExchangeHasClosedItsAdvancedOrdersNothingStaysOpen() {
        rig.refuses = Script.CREATE_OCO;
        rig.refusal = CryptoComError.API_DISABLED;
        rig.open();
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.coins()).isEqualByComparingTo("0");
        rig.intent("i-4", "BUY", Map.of("position_size_usd", "600"));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.report("i-4")).isNotEmpty().isNotEqualTo("filled");
        assertThat(rig.coins()).isEqualByComparingTo("0");
        assertThat(rig.alerts())
                .anyMatch(alert ->
                        alert.contains("FAILSAFE: UNPROTECTED POSITION") && alert.contains("clear breaker:BTC_USD"));
    }

    /** 12: a stop is kept while its target is gone, and both come again as one pair. */
    @Test
    void aStopThatIsLeftAloneIsKeptUntilAPairRestsAgain() {
        rig.open();
        rig.targetGoesAlone();
        assertThat(rig.resting()).containsExactly("STOP_LOSS 0.01 at 57000");
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.resting())
                .as("%s", rig.alerts())
                .containsExactly("LIMIT 0.01 at 66000", "STOP_LOSS 0.01 at 57000");
        assertThat(rig.coins()).isEqualByComparingTo("0.01");
    }

    /** Every reading that the desk repeats finds what it left: nothing is placed, taken off or sold by it. */
    @Test
    void twoQuietMinutesChangeNothing() {
        rig.open();
        rig.script.sent.clear();
        rig.pass(Duration.ofSeconds(20));
        int alerts = rig.alerts().size();
        for (int i = 0; i < 4; i++) {
            rig.script.frame(StreamName.PRIVATE, "{\"id\":1796040001234,\"method\":\"public/heartbeat\",\"code\":0}");
            rig.pass(Duration.ofSeconds(25));
        }
        assertThat(sent(Script.CREATE) + sent(Script.CREATE_OCO) + sent(Script.CANCEL_OCO))
                .isZero();
        assertThat(sent(Script.ADVANCED_OPEN)).isPositive();
        assertThat(sent(Script.BALANCE)).isPositive();
        assertThat(rig.resting()).containsExactly("LIMIT 0.01 at 66000", "STOP_LOSS 0.01 at 57000");
        assertThat(rig.alerts()).as("%s", rig.alerts()).hasSize(alerts);
    }

    /** The target sold all while the user stream was away. */
    @Test
    void whatHappenedWhileTheStreamWasAwayIsFoundAfterIt() {
        rig.open();
        rig.script.drop(StreamName.PRIVATE);
        rig.targetSells("0.01");
        rig.pass(Duration.ofMillis(600));
        rig.script.openStream(StreamName.PRIVATE);
        rig.pass(Duration.ofMillis(1100));
        rig.script.acknowledgeAll();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.ends()).as("%s", rig.alerts()).hasSize(1);
        assertThat(rig.ends().getFirst().reason()).hasToString("TP");
        assertThat(rig.coins()).isEqualByComparingTo("0");
    }
}
