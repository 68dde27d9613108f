package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Quantity;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;

/** What is worth less than 5 here no exchange takes an order for: not to sell it, and not to protect it. */
class DustTest {

    private final DeskRig rig = DeskRig.ready(Rules.DEFAULT, new Contract.Coin("BTC", "USDT"));
    private final Replies exchange = new Replies(rig);
    private final PairReplies pairs = new PairReplies(rig);

    /** The entry ended after 0.03 of 10 coins, worth 3. */
    @BeforeEach
    void aLittle() {
        rig.intent(Map.of(
                "intent_id",
                "a",
                "symbol",
                DeskRig.BTC.name(),
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "stop_loss",
                "50",
                "take_profit",
                "300"));
        Call.Open open = exchange.acknowledge();
        exchange.stream(exchange.update(open, OrderUpdate.Status.CANCELED, "0.03", "100"));
        rig.pass(Duration.ofSeconds(1));
    }

    @Test
    void hasNoStopAndIsNeitherNakedNorDumped() {
        assertThat(rig.reports("a").getLast()).isInstanceOf(Report.Partial.class);
        rig.passSeconds(120);
        assertThat(rig.calls(Call.PlacePair.class)).isEmpty();
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.alerts("naked:")).isEmpty();
        assertThat(rig.alerts("dust:")).as("told once").hasSize(1);
        assertThat(rig.view().positions()).hasSize(1);
    }

    @Test
    void isProtectedOnceItIsWorthEnough() {
        rig.mark(DeskRig.BTC, "170");
        rig.passSeconds(2);
        assertThat(rig.last(Call.PlacePair.class).quantity()).isEqualTo(Quantity.of("0.03"));
    }

    @Test
    void aCloseOfItIsRefusedByName() {
        rig.close("c", DeskRig.BTC);
        assertThat(((Report.Rejected) rig.reports("c").getLast()).why()).isEqualTo(Refusal.CLOSE_TOO_SMALL);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void flatteningDoesNotWaitForIt() {
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        rig.pass(Duration.ofSeconds(1));
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "0.03", "100", "100"));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.alerts("flat")).extracting(Notice.Alert::key).contains("flat");
    }

    /** A part would leave too little for a pair: all of it goes. */
    @Test
    void whatAPartWouldLeaveOverGoesWithIt() {
        rig.mark(DeskRig.BTC, "200");
        rig.passSeconds(2);
        rig.closePart("c", DeskRig.BTC, "0.9");
        pairs.refused(1, Answer.Cause.OTHER);
        rig.pass(Duration.ofMillis(10));
        assertThat(rig.last(Call.Close.class).quantity()).isEqualTo(Quantity.of("0.03"));
    }

    /** The exchange took its fee in coins: half a step of them can be sold by nobody. */
    @Test
    void coinsBelowOneStepAreLeftOutOfThePair() {
        rig.mark(DeskRig.BTC, "200");
        rig.passSeconds(2);
        pairs.refused(306, Answer.Cause.MARGIN);
        assertThat(rig.calls(Call.ReadPositions.class)).as("are fewer there?").isNotEmpty();
        rig.passSeconds(2);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "0.0295", "100", "200"));
        pairs.refused(306, Answer.Cause.MARGIN);
        rig.passSeconds(2);
        assertThat(rig.last(Call.PlacePair.class).quantity()).isEqualTo(Quantity.of("0.029"));
    }
}
