package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.decision.Event;
import quantum.intent.Closed;
import quantum.intent.Rung;
import quantum.market.Direction;
import quantum.position.ExitDefaults;
import quantum.position.ExitPolicy;
import quantum.position.ExitPolicy.SmallPart;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.OrderUpdate;

/** A ladder of partial exits: each rung once, never more than is held, whatever happens between. */
class LadderTest {

    private static final Rules FULL = Rules.DEFAULT.withExits(ExitPolicy.SEEDS.withSmallPart(SmallPart.FULL));

    private DeskRig rig = DeskRig.ready();
    private Replies exchange = new Replies(rig);

    private String sent() {
        return rig.last(Call.Close.class).quantity().toString();
    }

    private void fill(String price) {
        exchange.fillClose(price);
        rig.pass(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @CsvSource({"BUY, 100.5, 101, 102", "SELL, 99.5, 99, 98"})
    void eachRungClosesItsPartOnceAndTheLastOneEndsTheLife(String action, String one, String two, String three) {
        exchange.position("a", DeskRig.BTC, action, "ladder", "0.5:0.3, 1:0.3, 2:0.4", "trailing_pct", "5");
        rig.mark(DeskRig.BTC, one);
        assertThat(sent()).isEqualTo("3");
        fill(one);
        rig.mark(DeskRig.BTC, "100.1");
        rig.mark(DeskRig.BTC, one);
        assertThat(rig.calls(Call.Close.class)).as("once").hasSize(1);
        rig.mark(DeskRig.BTC, two);
        assertThat(sent()).isEqualTo("3");
        fill(two);
        assertThat(rig.view().positions().getFirst().watch().ladder())
                .extracting(DeskView.RungView::reached)
                .containsExactly(true, true, false);
        rig.mark(DeskRig.BTC, three);
        assertThat(sent()).isEqualTo("4");
        fill(three);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).singleElement().satisfies(c -> {
            assertThat(c.reason()).isEqualTo(Closed.Reason.LADDER);
            assertThat(c.quantity().value()).isEqualByComparingTo("10");
            assertThat(c.orderIds()).hasSize(4);
        });
    }

    @Test
    void aJumpOverTwoRungsClosesBothPartsInOneOrder() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.5:0.3, 1:0.3");
        rig.mark(DeskRig.BTC, "101.2");
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(sent()).isEqualTo("6");
    }

    @Test
    void theRestOfALadderEndsAsItsLastOrderSays() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.5:0.5");
        rig.mark(DeskRig.BTC, "100.5");
        fill("100.5");
        Call.PlaceConditional stop = rig.lastRest(Call.Level.STOP);
        exchange.change(stop, Status.TRIGGERED, Replies.orderId(stop.id()));
        exchange.trade(stop.id(), stop.direction().exit(), "5", "98.4");
        exchange.stream(exchange.update(
                stop.id(), DeskRig.BTC, stop.direction().exit(), OrderUpdate.Status.FILLED, "5", "98.4"));
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.SL));
    }

    @Test
    void afterACloseByHandARungTakesItsPartOfTheLargestQuantityAtMostWhatIsLeft() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.5:0.3, 1:0.5");
        rig.pass(Duration.ofMillis(1));
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "6", "100", "100"));
        rig.mark(DeskRig.BTC, "100.5");
        assertThat(sent()).isEqualTo("3");
        fill("100.5");
        rig.mark(DeskRig.BTC, "101");
        assertThat(sent()).isEqualTo("3");
    }

    @Test
    void aRungCountsWhatWasAddedByHand() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.5:0.5");
        rig.pass(Duration.ofMillis(1));
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "20", "100", "100"));
        rig.mark(DeskRig.BTC, "100.5");
        assertThat(sent()).isEqualTo("10");
    }

    @Test
    void aRefusedPartIsTriedAgainAndNoMoreThanIt() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.5:0.3");
        rig.mark(DeskRig.BTC, "100.5");
        exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
        rig.mark(DeskRig.BTC, "100.6");
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        rig.pass(Duration.ofMillis(1100));
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
        assertThat(sent()).isEqualTo("3");
        fill("100.6");
        rig.passSeconds(5);
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
    }

    @Test
    void aPartThatIsExecutedInPartLeavesTheRestOfIt() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.5:0.3");
        rig.mark(DeskRig.BTC, "100.5");
        Call.Close close = rig.last(Call.Close.class);
        exchange.stream(exchange.update(close, OrderUpdate.Status.EXPIRED, "1", "100.5"));
        rig.pass(Duration.ofMillis(1100));
        assertThat(sent()).isEqualTo("2");
    }

    @Test
    void aRestartRemembersTheRungsAndAsksForTheOrderInFlight() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.5:0.3, 1:0.3");
        rig.mark(DeskRig.BTC, "100.5");
        Call.Close close = rig.last(Call.Close.class);
        rig.restart(
                List.of(Replies.held(DeskRig.BTC, Direction.LONG, "7", "100", "100.5")),
                List.of(
                        Replies.conditional(rig.lastRest(Call.Level.STOP), Status.NEW, null),
                        Replies.conditional(rig.lastRest(Call.Level.TARGET), Status.NEW, null)));
        rig.passSeconds(2);
        assertThat(rig.calls(Call.Close.class)).as("never sent again").hasSize(1);
        exchange.told(
                close.id(), new Answer.Accepted<>(exchange.update(close, OrderUpdate.Status.FILLED, "3", "100.5")));
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "7", "100", "100.5"));
        rig.passSeconds(3);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        rig.mark(DeskRig.BTC, "101");
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
        assertThat(sent()).isEqualTo("3");
    }

    @Test
    void aPartBelowTheSmallestSizeGoesWithTheNextRung() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.3:0.00005, 0.6:0.00005, 0.9:0.5");
        rig.mark(DeskRig.BTC, "100.3");
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        rig.mark(DeskRig.BTC, "100.6");
        assertThat(sent()).isEqualTo("0.001");
        fill("100.6");
        rig.mark(DeskRig.BTC, "100.9");
        assertThat(sent()).isEqualTo("5");
    }

    @Test
    void aPartBelowTheSmallestSizeIsAllWhereTheRuleSaysSo() {
        rig = DeskRig.ready(FULL);
        exchange = new Replies(rig);
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.3:0.00005");
        rig.mark(DeskRig.BTC, "100.3");
        assertThat(sent()).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource({"0.00001", "0.00009"})
    void aCloseBelowTheSmallestSizeIsAllWhereTheRuleSaysSo(String fraction) {
        rig = DeskRig.ready(FULL);
        exchange = new Replies(rig);
        exchange.position("a", DeskRig.BTC);
        rig.closePart("b", DeskRig.BTC, fraction);
        assertThat(sent()).isEqualTo("10");
    }

    @Test
    void anExitOfAllTakesWhatTheLadderDoesNotCloseAlready() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.5:0.3");
        rig.mark(DeskRig.BTC, "100.5");
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        assertThat(rig.calls(Call.Close.class))
                .extracting(c -> c.quantity().value())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("3"), new BigDecimal("7"));
    }

    @Test
    void whatTheLadderOwedWhileAnotherCloseWasInFlightIsClosedWhenThatFails() {
        exchange.position("a", DeskRig.BTC, "BUY", "ladder", "0.5:0.3");
        rig.close("b", DeskRig.BTC);
        rig.mark(DeskRig.BTC, "100.5");
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
        rig.mark();
        assertThat(sent()).isEqualTo("3");
    }

    @Test
    void observeModeTellsEachRungOnceAndClosesNothing() {
        ExitDefaults seeds = ExitDefaults.SEEDS;
        ExitDefaults laddered = new ExitDefaults(
                seeds.targetPct(),
                seeds.stopPct(),
                seeds.trailingPct(),
                seeds.trailingActivationPct(),
                seeds.breakEven(),
                seeds.maxTime(),
                Rung.ladder("1:0.5, 2:0.5"));
        rig = DeskRig.ready(Rules.DEFAULT.withObserve(true).withExits(ExitPolicy.SEEDS.withStandard(laddered)));
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        rig.mark(DeskRig.BTC, "101");
        rig.mark(DeskRig.BTC, "100.5");
        rig.mark(DeskRig.BTC, "101");
        assertThat(rig.alerts("observed:"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("0.5 of the largest quantity at rung 1"));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }
}
