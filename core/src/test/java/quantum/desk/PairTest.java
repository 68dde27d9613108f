package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.record.Entry;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** Where coins are held: stop and target are one pair that holds what it would sell (docs/decisions/0016). */
class PairTest {

    private static final Symbol COIN = DeskRig.BTC;

    private final DeskRig rig = DeskRig.ready(Rules.DEFAULT, new Contract.Coin("BTC", "USDT"));
    private final Replies exchange = new Replies(rig);
    private final PairReplies pairs = new PairReplies(rig);

    /** A protected position of 10 at 100. */
    private Call.PlacePair protectedCoins() {
        rig.buy("a", COIN);
        exchange.fill("100");
        return pairs.placed();
    }

    private List<ClientOrderId> cancelled() {
        return rig.calls(Call.CancelConditional.class).stream()
                .map(Call.CancelConditional::id)
                .toList();
    }

    @Test
    void stopAndTargetAreOnePairForWhatIsHeld() {
        Call.PlacePair pair = protectedCoins();
        assertThat(pair.quantity()).isEqualTo(Quantity.of("10"));
        assertThat(pair.stop()).isEqualTo(Price.of("98.5"));
        assertThat(pair.target()).isEqualTo(Price.of("102.5"));
        assertThat(rig.calls(Call.PlacePair.class)).hasSize(1);
        assertThat(rig.calls(Call.PlaceConditional.class)).isEmpty();
        assertThat(((Report.Filled) rig.reports("a").getLast()).orders().stopId())
                .as("both are reported with the entry")
                .isNotNull();
        rig.passSeconds(5);
        assertThat(rig.calls(Call.PlacePair.class)).hasSize(1);
        assertThat(cancelled()).isEmpty();
    }

    @Test
    void aCloseLeavesOnceThePairIsOff() {
        Call.PlacePair pair = protectedCoins();
        rig.close("b", COIN);
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(cancelled()).containsExactly(pair.stopId(), pair.targetId());
        pairs.takenOff(pair);
        assertThat(rig.last(Call.Close.class).quantity()).isEqualTo(Quantity.of("10"));
        exchange.fillClose("101");
        rig.pass(Duration.ofSeconds(1));
        exchange.trades(COIN);
        assertThat(rig.closed()).extracting(Closed::reason).containsExactly(Closed.Reason.SIGNAL);
        assertThat(rig.calls(Call.PlacePair.class)).hasSize(1);
    }

    @Test
    void ofAPartThatIsClosedTheRestHasAPairAtOnce() {
        Call.PlacePair pair = protectedCoins();
        rig.closePart("b", COIN, "0.3");
        rig.pass(Duration.ofMillis(1));
        pairs.takenOff(pair);
        assertThat(rig.last(Call.Close.class).quantity()).isEqualTo(Quantity.of("3"));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.last(Call.PlacePair.class).quantity())
                .as("while the part is being sold")
                .isEqualTo(Quantity.of("7"));
        pairs.placed();
        exchange.fillClose("101");
        rig.passSeconds(3);
        assertThat(rig.calls(Call.PlacePair.class)).hasSize(2);
    }

    /** The target was executed in part while it was being taken off: nothing cuts a sale that is too large. */
    @Test
    void aCloseSellsNoMoreThanWhatThePairLeft() {
        Call.PlacePair pair = protectedCoins();
        rig.close("b", COIN);
        rig.pass(Duration.ofMillis(1));
        executed(pair, "4");
        pairs.takenOff(pair);
        assertThat(rig.calls(Call.Close.class))
                .as("the target's order may go on")
                .isEmpty();
        exchange.stream(exchange.update(pair.targetId(), COIN, Side.SELL, OrderUpdate.Status.CANCELED, "4", "102.5"));
        rig.pass(Duration.ofMillis(1));
        Call.Close close = rig.last(Call.Close.class);
        assertThat(close.quantity()).isEqualTo(Quantity.of("6"));
        exchange.fill(close, "101");
        rig.pass(Duration.ofSeconds(1));
        exchange.trades(COIN);
        assertThat(rig.closed()).hasSize(1);
        assertThat(rig.reports("b").getLast()).isInstanceOf(Report.Filled.class);
    }

    /** The target's order: some of it was executed, and the exchange took the stop off with that. */
    private void executed(Call.PlacePair pair, String quantity) {
        OrderId order = Replies.orderId(pair.targetId());
        boolean whole = pair.quantity().equals(Quantity.of(quantity));
        rig.said(new VenueEvent.ConditionalChanged(PairReplies.update(pair, Level.STOP, Status.CANCELED, null)));
        rig.said(new VenueEvent.ConditionalChanged(
                PairReplies.update(pair, Level.TARGET, whole ? Status.TRIGGERED : Status.NEW, order)));
        OrderUpdate fill = exchange.update(
                pair.targetId(),
                pair.symbol(),
                Side.SELL,
                whole ? OrderUpdate.Status.FILLED : OrderUpdate.Status.PARTIALLY_FILLED,
                quantity,
                "102.5");
        exchange.trade(pair.targetId(), Side.SELL, quantity, "102.5");
        exchange.stream(fill);
    }

    @Test
    void whatATargetLeftOverHasAPairAgain() {
        Call.PlacePair pair = protectedCoins();
        executed(pair, "4");
        rig.pass(Duration.ofSeconds(1));
        assertThat(Set.copyOf(cancelled()))
                .as("alone it holds what a pair would sell")
                .containsExactly(pair.targetId());
        rig.said(new VenueEvent.ConditionalCancelled(pair.targetId(), new Answer.Accepted<>(pair.targetId())));
        exchange.stream(exchange.update(pair.targetId(), COIN, Side.SELL, OrderUpdate.Status.CANCELED, "4", "102.5"));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.last(Call.PlacePair.class).quantity()).isEqualTo(Quantity.of("6"));
        pairs.placed();
        List<ClientOrderId> before = cancelled();
        rig.passSeconds(5);
        assertThat(cancelled()).as("not sold below the target").isEqualTo(before);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.calls(Call.PlacePair.class)).hasSize(2);
    }

    @Test
    void aMoveTakesThePairOffAndPlacesAnother() {
        Call.PlacePair pair = protectedCoins();
        rig.intent(Map.of(
                "intent_id",
                "u",
                "symbol",
                COIN.name(),
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "stop_loss",
                "99"));
        assertThat(cancelled()).containsExactly(pair.stopId(), pair.targetId());
        assertThat(rig.calls(Call.PlacePair.class)).hasSize(1);
        pairs.takenOff(pair);
        Call.PlacePair next = rig.last(Call.PlacePair.class);
        assertThat(next.stop()).isEqualTo(Price.of("99"));
        assertThat(next.target()).isEqualTo(pair.target());
        assertThat(rig.effects.stream().filter(Effect.MeasuredGap.class::isInstance))
                .as("of the entry")
                .hasSize(1);
        pairs.placed();
        assertThat(rig.effects.stream().filter(Effect.MeasuredGap.class::isInstance))
                .as("and of the move")
                .hasSize(2);
    }

    @Test
    void aSellClosesWhatIsHeldAndOpensNothing() {
        Call.PlacePair pair = protectedCoins();
        rig.intent(Map.of("intent_id", "s", "symbol", COIN.name(), "action", "SELL", "position_size_usd", "500"));
        rig.pass(Duration.ofMillis(1));
        pairs.takenOff(pair);
        exchange.fillClose("101");
        rig.pass(Duration.ofSeconds(1));
        exchange.trades(COIN);
        assertThat(rig.closed()).hasSize(1);
        rig.intent(Map.of("intent_id", "t", "symbol", COIN.name(), "action", "SELL", "position_size_usd", "500"));
        assertThat(((Report.Rejected) rig.reports("t").getLast()).why()).isEqualTo(Refusal.NO_POSITION);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    /** It is the word of an exit there, and no guard of opens is asked (law 5). */
    @Test
    void aSellIsStoppedByNothingThatStopsOpens() {
        Call.PlacePair pair = protectedCoins();
        rig.on(new Event.Commanded(new Event.Command.Pause()));
        rig.on(new Event.LedgerBehind(true));
        rig.positions();
        rig.intent(Map.of(
                "intent_id",
                "s",
                "symbol",
                COIN.name(),
                "action",
                "SELL",
                "position_size_usd",
                "500",
                "timestamp",
                rig.now().exchange().minusSeconds(3600).toString()));
        rig.pass(Duration.ofMillis(1));
        pairs.takenOff(pair);
        assertThat(rig.last(Call.Close.class).quantity()).isEqualTo(Quantity.of("10"));
    }

    @Test
    void aSellBeforeTheFirstFillWaitsForIt() {
        rig.buy("a", COIN);
        Call.Open open = exchange.acknowledge();
        rig.intent(Map.of("intent_id", "s", "symbol", COIN.name(), "action", "SELL", "position_size_usd", "500"));
        assertThat(rig.reports("s")).isEmpty();
        exchange.stream(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100"));
        pairs.takenOff(pairs.placed());
        assertThat(rig.last(Call.Close.class).quantity()).isEqualTo(Quantity.of("10"));
    }

    /** Executed in part twice: the exchange ends the stop each time, and no other hand is at work. */
    @Test
    void stopsThatTheExchangeCancelsForTheirTargetAreNoFight() {
        Call.PlacePair pair = protectedCoins();
        for (String left : List.of("6", "2")) {
            rig.said(new VenueEvent.ConditionalChanged(PairReplies.update(pair, Level.STOP, Status.CANCELED, null)));
            exchange.stream(exchange.update(
                    pair.targetId(), COIN, Side.SELL, OrderUpdate.Status.PARTIALLY_FILLED, "4", "102.5"));
            rig.pass(Duration.ofSeconds(1));
            rig.said(new VenueEvent.ConditionalCancelled(pair.targetId(), new Answer.Accepted<>(pair.targetId())));
            exchange.stream(
                    exchange.update(pair.targetId(), COIN, Side.SELL, OrderUpdate.Status.CANCELED, "4", "102.5"));
            rig.pass(Duration.ofSeconds(1));
            assertThat(rig.last(Call.PlacePair.class).quantity()).isEqualTo(Quantity.of(left));
            pair = pairs.placed();
        }
        assertThat(rig.alerts("stops-taken-off")).isEmpty();
    }

    /** The stop sold it all while the close waited for it: the close ends with the position, whatever else is heard. */
    @Test
    void aCloseThatWaitsEndsWithThePosition() {
        Call.PlacePair pair = protectedCoins();
        rig.close("b", COIN);
        rig.pass(Duration.ofMillis(1));
        rig.said(new VenueEvent.ConditionalChanged(
                PairReplies.update(pair, Level.STOP, Status.TRIGGERED, Replies.orderId(pair.stopId()))));
        exchange.stream(exchange.update(pair.stopId(), COIN, Side.SELL, OrderUpdate.Status.FILLED, "10", "98.5"));
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(((Report.Rejected) rig.reports("b").getLast()).why()).isEqualTo(Refusal.NOT_SENT);
    }

    /** A second one would sell what somebody had before: nothing cuts it to what is held. */
    @Test
    void aCloseWhoseAnswerWasLostIsNotSentAgainBeforeItCanNoMoreArrive() {
        Call.PlacePair pair = protectedCoins();
        rig.on(new Event.Commanded(new Event.Command.Flatten(COIN)));
        rig.pass(Duration.ofMillis(1));
        pairs.takenOff(pair);
        Call.Close close = rig.last(Call.Close.class);
        rig.on(new Event.Sent(close.id()));
        exchange.answer(close.id(), new Answer.NoAnswer<>("reset"));
        for (int second = 0; second < 14; second++) {
            exchange.unknown(close.id());
            rig.positions(Replies.held(COIN, Direction.LONG, "10", "100", "100"));
            rig.passSeconds(1);
        }
        assertThat(rig.rows(Entry.OrderRow.class)
                        .filter(row -> row.clientOrderId().equals(close.id().value())))
                .extracting(Entry.OrderRow::state)
                .as("it may still come")
                .containsExactly("Unconfirmed");
    }

    /** The parts of an entry do not move the pair each; what they came to is protected as soon as the entry is over. */
    @Test
    void thePairGrowsOnceTheEntryIsOver() {
        rig.buy("a", COIN);
        Call.Open open = exchange.acknowledge();
        exchange.stream(exchange.update(open, OrderUpdate.Status.PARTIALLY_FILLED, "4", "100"));
        Call.PlacePair first = pairs.placed();
        assertThat(first.quantity()).isEqualTo(Quantity.of("4"));
        exchange.stream(exchange.update(open, OrderUpdate.Status.PARTIALLY_FILLED, "7", "100"));
        rig.pass(Duration.ofMillis(10));
        assertThat(cancelled()).isEmpty();
        exchange.stream(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100"));
        rig.pass(Duration.ofMillis(10));
        pairs.takenOff(first);
        assertThat(rig.last(Call.PlacePair.class).quantity()).isEqualTo(Quantity.of("10"));
    }

    /** The ends of both come, whichever is told first. */
    @Test
    void aStopThatFiresEndsThePosition() {
        Call.PlacePair pair = protectedCoins();
        OrderId order = Replies.orderId(pair.stopId());
        rig.said(new VenueEvent.ConditionalChanged(PairReplies.update(pair, Level.TARGET, Status.CANCELED, null)));
        rig.said(new VenueEvent.ConditionalChanged(PairReplies.update(pair, Level.STOP, Status.TRIGGERED, order)));
        exchange.trade(pair.stopId(), Side.SELL, "10", "98.5");
        exchange.stream(exchange.update(pair.stopId(), COIN, Side.SELL, OrderUpdate.Status.FILLED, "10", "98.5"));
        rig.pass(Duration.ofSeconds(1));
        exchange.trades(COIN);
        assertThat(rig.closed()).extracting(Closed::reason).containsExactly(Closed.Reason.SL);
        assertThat(rig.calls(Call.PlacePair.class)).hasSize(1);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    /** No reading shows coins that an order of ours bought: after its absence was proven its own word is all there is. */
    @Test
    void whatAnOrderBoughtAfterItsAbsenceWasProvenIsProtected() {
        rig.buy("a", COIN);
        Call.Open open = rig.last(Call.Open.class);
        rig.on(new Event.Sent(open.id()));
        exchange.answer(open.id(), new Answer.NoAnswer<>("reset"));
        rig.passSeconds(9);
        exchange.unknown(open.id());
        rig.passSeconds(4);
        exchange.unknown(open.id());
        rig.positions();
        assertThat(((Report.Rejected) rig.reports("a").getLast()).why()).isEqualTo(Refusal.OUTCOME_UNKNOWN_EXPIRED);
        exchange.stream(exchange.update(open, OrderUpdate.Status.PARTIALLY_FILLED, "4", "100"));
        assertThat(rig.alerts("contradiction:" + open.id())).hasSize(1);
        Call.PlacePair pair = pairs.placed();
        assertThat(pair.quantity()).isEqualTo(Quantity.of("4"));
        assertThat(pair.stop()).isEqualTo(Price.of("98.5"));
        exchange.stream(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100"));
        rig.pass(Duration.ofMillis(10));
        pairs.takenOff(pair);
        assertThat(rig.last(Call.PlacePair.class).quantity()).isEqualTo(Quantity.of("10"));
        assertThat(rig.reports("a")).hasSize(1);
        rig.passSeconds(2);
        assertThat(rig.view().ordersInFlight()).isEmpty();
    }

    /** Its answer was lost, the pair came again and sold the coins: nothing cuts a sale of coins that others own. */
    @Test
    void aCloseThatComesAfterThePairSoldTheSameCoinsIsAlerted() {
        Call.PlacePair first = protectedCoins();
        rig.close("b", COIN);
        rig.pass(Duration.ofMillis(1));
        pairs.takenOff(first);
        Call.Close close = rig.last(Call.Close.class);
        exchange.answer(close.id(), new Answer.NoAnswer<>("reset"));
        exchange.unknown(close.id());
        rig.pass(Duration.ofSeconds(1));
        executed(pairs.placed(), "10");
        rig.pass(Duration.ofSeconds(1));
        exchange.trades(COIN);
        assertThat(rig.closed()).extracting(Closed::reason).containsExactly(Closed.Reason.TP);
        exchange.stream(exchange.update(close, OrderUpdate.Status.FILLED, "10", "102"));
        assertThat(rig.alerts("closed-twice:"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("10 more was sold than the position had"));
    }

    /** The process ended between the cancel and the close: nothing says that the close left. */
    @Test
    void afterACrashWhatWasToBeSoldIsProtectedUntilTheCloseIsProvenAbsent() {
        Call.PlacePair pair = protectedCoins();
        rig.close("b", COIN);
        rig.pass(Duration.ofMillis(1));
        pairs.takenOff(pair);
        rig.fresh();
        rig.restart(List.of(Replies.held(COIN, Direction.LONG, "10", "100", "100")), List.of());
        rig.pass(Duration.ofSeconds(5));
        ClientOrderId close = ClientOrderId.close("b");
        for (Call.QueryConditional ask : rig.calls(Call.QueryConditional.class)) {
            rig.said(new VenueEvent.ConditionalQueried(
                    ask.id(), new Answer.Denied<>(1, "no such order", Answer.Cause.UNKNOWN_ORDER)));
        }
        rig.rests();
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.calls(Call.PlacePair.class))
                .as("the close may have sold the coins")
                .hasSize(1);
        exchange.unknown(close);
        rig.pass(Duration.ofSeconds(1));
        Call.PlacePair again = pairs.placed();
        assertThat(again.stopId()).isNotEqualTo(pair.stopId());
        assertThat(again.quantity()).isEqualTo(Quantity.of("10"));
        assertThat(rig.calls(Call.QueryOrder.class))
                .extracting(Call.QueryOrder::id)
                .contains(close);
    }
}
