package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.VenueEvent;

/** What is held or wished in a symbol that the rules, as last read, do not list (X-F4). */
final class UnlistedTest {

    private static final Symbol NEW = new Symbol("NEWUSDT");
    private static final VenueEvent.Held HELD = Replies.held(NEW, Direction.LONG, "10", "0.712345", "0.7134567");

    private DeskRig rig;
    private Replies exchange;

    @BeforeEach
    void start() {
        rig = DeskRig.ready();
        exchange = new Replies(rig);
        rig.passSeconds(30);
        rig.fresh();
    }

    private void listed() {
        Instrument instrument = DeskRig.instrument(NEW);
        rig.said(new VenueEvent.InstrumentsRead(List.of(instrument), rig.now().nanos()));
    }

    @Test
    void xF4_aPositionInAnUnlistedSymbolIsShownNamedAndCountedAndTheRulesAreRead() {
        rig.positions(HELD);
        rig.positions(HELD);
        assertThat(rig.calls(Call.ReadRules.class))
                .as("once, until it is answered")
                .hasSize(1);
        assertThat(rig.alerts("unlisted:NEWUSDT")).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL);
            assertThat(alert.text()).contains("LONG 10 at 0.712345");
        });
        assertThat(rig.view().counts().unprotected()).isEqualTo(1);
        assertThat(rig.view().positions()).singleElement().satisfies(position -> {
            assertThat(position.unlisted()).isTrue();
            assertThat(position.quantity()).isEqualByComparingTo("10");
            assertThat(position.entryPrice()).isEqualByComparingTo("0.712345");
        });
    }

    @Test
    void xF4_itsStopIsTriedAtFourDigitsAndPlacedOnTheExchangesGridOnceThatIsKnown() {
        rig.positions(HELD);
        Call.PlaceConditional tried = rig.lastRest(Level.STOP);
        assertThat(tried.trigger()).isEqualTo(Price.of("0.7017"));
        rig.said(new VenueEvent.ConditionalAnswered(tried.id(), new Answer.Denied<>(-1111, "precision", Cause.RULES)));
        rig.fresh();
        listed();
        Call.PlaceConditional placed = rig.lastRest(Level.STOP);
        assertThat(placed.id()).isNotEqualTo(tried.id());
        assertThat(placed.trigger()).isEqualTo(Price.of("0.70"));
        exchange.protect();
        assertThat(rig.view().counts().unprotected()).isZero();
        assertThat(rig.view().positions().getFirst().unlisted()).isFalse();
    }

    @Test
    void xF4_aStopThatRestsAlreadyIsNotMovedWhenTheRulesAreRead() {
        rig.positions(HELD);
        exchange.protect();
        rig.fresh();
        listed();
        assertThat(rig.freshCalls(Call.PlaceConditional.class)).isZero();
    }

    @Test
    void xF4_whileItIsUnlistedEachReadingOfThePositionsReadsTheRulesAgain() {
        rig.positions(HELD);
        rig.said(new VenueEvent.InstrumentsRead(
                List.of(DeskRig.instrument(DeskRig.BTC)), rig.now().nanos()));
        rig.pass(Duration.ofSeconds(1));
        rig.positions(HELD);
        assertThat(rig.calls(Call.ReadRules.class)).hasSize(2);
        rig.said(new VenueEvent.ReadFailed(new Call.ReadRules(), "timeout"));
        rig.positions(HELD);
        assertThat(rig.calls(Call.ReadRules.class)).hasSize(3);
    }

    /** Seed 1865: the rules lacked a symbol at the start, and the fees of its end were told as unknown. */
    @Test
    void w4_anEndInAnUnlistedSymbolIsToldOnceTheRulesSayWhatItsFeesAreIn() {
        rig.positions(HELD);
        rig.close("c1", NEW);
        exchange.fillClose("0.72");
        rig.fresh();
        exchange.trades(NEW);
        assertThat(rig.closed()).isEmpty();
        assertThat(rig.freshCalls(Call.ReadRules.class)).isEqualTo(1);
        listed();
        rig.passSeconds(1);
        exchange.trades(NEW);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.result().asset()).isEqualTo("USDT"));
    }

    @Test
    void xF4_aCloseIntentClosesItByTheExchangesOwnQuantity() {
        rig.positions(HELD);
        rig.close("c1", NEW);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("10");
        assertThat(rig.reports("c1")).as("not NO_POSITION").isEmpty();
    }

    @Test
    void xF4_flattenClosesItAndIsNotProvenWhileItIsHeld() {
        rig.positions(HELD);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        assertThat(rig.last(Call.Close.class).symbol()).isEqualTo(NEW);
        rig.passSeconds(2);
        rig.positions(HELD);
        assertThat(rig.alerts("flat").stream().filter(alert -> alert.key().equals("flat")))
                .isEmpty();
    }

    @Test
    void xF4_anOpenInAnUnlistedSymbolWaitsForTheRulesAndIsJudgedByThem() {
        rig.buy("i1", NEW);
        assertThat(rig.reports("i1")).isEmpty();
        assertThat(rig.calls(Call.ReadRules.class)).hasSize(1);
        assertThat(rig.fresh()).noneMatch(Effect.Acknowledge.class::isInstance);
        listed();
        rig.mark(NEW, "100");
        assertThat(rig.fresh().stream().filter(Effect.Acknowledge.class::isInstance))
                .hasSize(1);
        assertThat(why("i1")).as("listed, and no price yet").isEqualTo(Refusal.PRICE_STALE);
        rig.buy("i2", NEW);
        assertThat(rig.last(Call.Open.class).symbol()).isEqualTo(NEW);
    }

    private Refusal why(String intent) {
        return ((Report.Rejected) rig.reports(intent).getFirst()).why();
    }

    @Test
    void xF4_anOpenIsRefusedOnceFreshRulesDoNotListItsSymbolOrCannotBeRead() {
        rig.buy("i1", NEW);
        rig.said(new VenueEvent.InstrumentsRead(
                List.of(DeskRig.instrument(DeskRig.BTC)), rig.now().nanos()));
        assertThat(why("i1")).isEqualTo(Refusal.SYMBOL_UNKNOWN);
        rig.buy("i2", NEW);
        assertThat(why("i2")).as("at once, because they were just read").isEqualTo(Refusal.SYMBOL_UNKNOWN);
        assertThat(rig.calls(Call.ReadRules.class)).hasSize(1);
        rig.passSeconds(11);
        rig.buy("i3", NEW);
        assertThat(rig.reports("i3")).isEmpty();
        rig.said(new VenueEvent.ReadFailed(new Call.ReadRules(), "timeout"));
        assertThat(why("i3")).isEqualTo(Refusal.SYMBOL_UNKNOWN);
    }

    @Test
    void xF4_aMessageThatComesTwiceWhileItsOpenWaitsIsKeptAndEndsOnce() {
        rig.buy("i1", NEW);
        rig.buy("i1", NEW);
        assertThat(rig.fresh()).noneMatch(Effect.Acknowledge.class::isInstance);
        rig.said(new VenueEvent.ReadFailed(new Call.ReadRules(), "timeout"));
        assertThat(rig.fresh().stream().filter(Effect.Acknowledge.class::isInstance))
                .hasSize(2);
        assertThat(rig.reports("i1")).hasSize(1);
    }

    /** Seed 53764: the rules were lost on their way, and what an end cost stayed unknown though they were there a moment later. */
    @Test
    void w4_rulesThatWereLostAreAskedForAgainWhileAnEndWaitsForThem() {
        rig.positions(HELD);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        exchange.fillClose("0.72");
        rig.fresh();
        for (int i = 0; i < 15; i++) {
            exchange.tradesAlone(NEW);
            rig.passSeconds(1);
        }
        assertThat(rig.freshCalls(Call.ReadRules.class)).isEqualTo(2);
        assertThat(rig.closed()).isEmpty();
        listed();
        exchange.trades(NEW);
        assertThat(rig.closed()).hasSize(1);
    }

    /** Seed 26573: one odd row named a position; its close had no answer, and nobody knows an order in no symbol. */
    @Test
    void aCloseInASymbolThatNobodyKnowsIsMissingOnceTheExchangeSaysSoTwice() {
        rig.positions(HELD);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        Call.Close close = rig.last(Call.Close.class);
        exchange.answer(close.id(), new Answer.NoAnswer<>("timeout"));
        for (int i = 0; i < 30; i++) {
            exchange.told(close.id(), new Answer.Denied<>(-1121, "Invalid symbol.", Cause.RULES));
            rig.passSeconds(1);
            rig.positions();
        }
        assertThat(rig.view().ordersInFlight())
                .extracting(Entry.OrderRow::clientOrderId)
                .doesNotContain(close.id().value());
    }
}
