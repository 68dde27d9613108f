package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Shape;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.VenueEvent;

/** Another hand's order that closes the whole position holds the one place that the exchange has for it (X-F5). */
class OtherHandTest {

    private static final ConditionalUpdate APP_STOP = app("app-stop", Level.STOP, "5");
    private static final ConditionalUpdate APP_TARGET = app("app-target", Level.TARGET, "500");

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);
    /** What rests on the exchange by our hand. */
    private final List<ConditionalUpdate> ours = new ArrayList<>();

    private static ConditionalUpdate app(String id, Level level, String trigger) {
        Shape shape = new Shape(Side.SELL, null, level, null);
        return new ConditionalUpdate(
                DeskRig.BTC, new ClientOrderId(id), id, Status.NEW, Price.of(trigger), null, null, shape);
    }

    private static ConditionalUpdate shaped(Call.PlaceConditional rest, @Nullable Quantity quantity) {
        return new ConditionalUpdate(
                rest.symbol(),
                rest.id(),
                "c" + rest.id(),
                Status.NEW,
                rest.trigger(),
                null,
                null,
                new Shape(rest.direction().exit(), null, rest.level(), quantity));
    }

    /** The exchange's answer: a closing order where another one rests is refused, one by quantity is taken. */
    private void answer(Call.PlaceConditional rest, ConditionalUpdate... others) {
        boolean taken = rest.quantity() == null
                && List.of(others).stream()
                        .anyMatch(o -> o.shape() != null && o.shape().holdsPlace(rest.direction(), rest.level()));
        if (taken) {
            exchange.denyRest(rest, Answer.Cause.ALREADY_RESTING);
        } else {
            ours.add(shaped(rest, rest.quantity()));
            exchange.rest(rest);
        }
    }

    private void list(ConditionalUpdate... others) {
        List<ConditionalUpdate> all = new ArrayList<>(List.of(others));
        all.addAll(ours);
        rig.rests(all.toArray(ConditionalUpdate[]::new));
    }

    /** A found position on which an app keeps a stop and a target of its own. */
    private void found() {
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        answer(rig.lastRest(Level.STOP), APP_STOP, APP_TARGET);
        answer(rig.lastRest(Level.TARGET), APP_STOP, APP_TARGET);
        list(APP_STOP, APP_TARGET);
        answer(rig.lastRest(Level.STOP), APP_STOP, APP_TARGET);
        answer(rig.lastRest(Level.TARGET), APP_STOP, APP_TARGET);
    }

    @Test
    void xF5_oursRestsByQuantityBesideItAndTheAlertNamesTheOther() {
        found();
        assertThat(rig.lastRest(Level.STOP).quantity()).hasToString("10");
        assertThat(rig.lastRest(Level.TARGET).quantity()).hasToString("10");
        assertThat(rig.view().counts().unprotected()).isZero();
        list(APP_STOP, APP_TARGET);
        assertThat(rig.alerts("place-held"))
                .extracting(Notice.Alert::text)
                .anyMatch(text -> text.contains("app-stop"))
                .anyMatch(text -> text.contains("app-target"))
                .hasSize(2);
        rig.passSeconds(90);
        assertThat(rig.calls(Call.Close.class)).as("nothing is sold").isEmpty();
        assertThat(rig.calls(Call.CancelConditional.class))
                .as("nothing is taken off")
                .isEmpty();
        assertThat(rig.alerts("naked")).isEmpty();
    }

    @Test
    void xF5_aPositionOfOursIsNotSoldBecauseAnAppHoldsThePlace() {
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        answer(rig.lastRest(Level.STOP), APP_STOP);
        answer(rig.lastRest(Level.TARGET), APP_STOP);
        list(APP_STOP);
        answer(rig.lastRest(Level.STOP), APP_STOP);
        rig.passSeconds(90);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.view().counts().unprotected()).isZero();
    }

    @Test
    void xF5_withoutAListItIsLaidByQuantityASecondLater() {
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        answer(rig.lastRest(Level.STOP), APP_STOP);
        rig.passSeconds(2);
        assertThat(rig.lastRest(Level.STOP).quantity()).hasToString("10");
    }

    @Test
    void xF5_itGoesAlongWithTheSizeOverABridge() {
        found();
        rig.passSeconds(3);
        Call.PlaceConditional old = rig.lastRest(Level.STOP);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "14", "100", "100"));
        Call.PlaceConditional bridge = rig.lastRest(Level.STOP);
        assertThat(bridge.id().value()).startsWith("qb-");
        assertThat(bridge.quantity()).hasToString("14");
        assertThat(rig.view().counts().unprotected()).isZero();
        exchange.rest(bridge);
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(old.id());
        exchange.takenOff();
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        assertThat(stop.quantity()).hasToString("14");
        assertThat(rig.view().counts().unprotected()).isZero();
        exchange.rest(stop);
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(bridge.id());
    }

    /** The ledger was lost: the stop of a life that nobody remembers is all that protects what is found. */
    @Test
    void xF0_aStopOfOursThatNobodyRemembersStaysUntilAnotherIsLive() {
        Shape shape = new Shape(Side.SELL, null, Level.STOP, null);
        ConditionalUpdate forgotten = new ConditionalUpdate(
                DeskRig.BTC, ClientOrderId.stop("forgotten", 1), "7", Status.NEW, Price.of("95"), null, null, shape);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        answer(rig.lastRest(Level.STOP), forgotten);
        list(forgotten);
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        answer(rig.lastRest(Level.STOP), forgotten);
        assertThat(rig.view().counts().unprotected()).isZero();
        list(forgotten);
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(forgotten.clientId());
    }

    /** One list is no proof that the other order is gone. */
    @Test
    void xF5_itTakesThePlaceOnceTwoListsLackTheOther() {
        found();
        list(APP_STOP, APP_TARGET);
        rig.passSeconds(3);
        Call.PlaceConditional old = rig.lastRest(Level.STOP);
        list(APP_TARGET);
        assertThat(rig.lastRest(Level.STOP)).isEqualTo(old);
        list(APP_TARGET);
        exchange.rest(rig.lastRest(Level.STOP));
        exchange.takenOff();
        assertThat(rig.lastRest(Level.STOP).quantity()).isNull();
        assertThat(rig.view().counts().unprotected()).isZero();
    }

    @Test
    void xF5_aRestartKnowsAStopByQuantityForWhatItIs() {
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        answer(rig.lastRest(Level.STOP), APP_STOP);
        answer(rig.lastRest(Level.TARGET), APP_STOP);
        list(APP_STOP);
        answer(rig.lastRest(Level.STOP), APP_STOP);
        List<ConditionalUpdate> all = new ArrayList<>(ours);
        all.add(APP_STOP);
        rig.fresh();
        rig.restart(List.of(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100")), all);
        rig.passSeconds(3);
        assertThat(rig.freshCalls(Call.PlaceConditional.class)).isZero();
        assertThat(rig.view().counts().unprotected()).isZero();
    }

    /** An order that is triggering holds the place and is in no list (simulation, seed 30755). */
    @Test
    void xF5_aPlaceThatListsDoNotExplainIsTriedLessAndLessOften() {
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        int answered = 0;
        for (int step = 0; step < 1_200; step++) {
            List<Call> calls = rig.calls(Call.class);
            for (Call call : calls.subList(answered, calls.size())) {
                switch (call) {
                    case Call.PlaceConditional rest when rest.level() == Level.TARGET -> answer(rest, APP_TARGET);
                    case Call.PlaceConditional rest -> answer(rest);
                    case Call.CancelConditional off -> {
                        ours.removeIf(mine -> mine.clientId().equals(off.id()));
                        rig.said(new VenueEvent.ConditionalCancelled(off.id(), new Answer.Accepted<>(off.id())));
                    }
                    case Call.ReadConditionals _ -> list();
                    default -> {}
                }
            }
            answered = calls.size();
            rig.pass(Duration.ofMillis(50));
        }
        long placed = rig.calls(Call.PlaceConditional.class).stream()
                .filter(rest -> rest.level() == Level.TARGET)
                .count();
        assertThat(placed).as("in a minute").isBetween(6L, 30L);
    }
}
