package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.guard.Breaker;
import quantum.intent.Closed;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Status;

/** Coins of somebody else lie beside ours, and are traded under the same symbol (seeds of the simulation of spot). */
class BesideSavingsTest {

    private static final Symbol COIN = DeskRig.BTC;

    private final DeskRig rig = DeskRig.ready(
            ExistingPositionTest.rules(SameSide.SCALE_IN, OtherSide.REFUSE, Breaker.Limit.NONE),
            new Contract.Coin("BTC", "USDT"));
    private final Replies exchange = new Replies(rig);
    private final PairReplies pairs = new PairReplies(rig);

    private Call.PlacePair protectedCoins() {
        rig.buy("a", COIN);
        exchange.fill("100");
        return pairs.placed();
    }

    private void closeAll(Call.PlacePair pair) {
        rig.close("z", COIN);
        rig.pass(Duration.ofMillis(1));
        pairs.takenOff(pair);
        exchange.fillClose("101");
        rig.pass(Duration.ofSeconds(1));
    }

    private void byHand(String id, Side side, String price) {
        ClientOrderId hand = new ClientOrderId(id);
        exchange.trade(hand, side, "10", price);
        exchange.stream(exchange.update(hand, COIN, side, Status.FILLED, "10", price));
        rig.pass(Duration.ofMillis(100));
    }

    /** No reading shows which coins an order bought: only its own word does (seed 28). */
    @Test
    void whatIsAddedAfterItsFillWaitIsHeldAfterARestartToo() {
        protectedCoins();
        rig.buy("b", COIN);
        Call.Open open = rig.last(Call.Open.class);
        exchange.answer(open.id(), new Answer.NoAnswer<>("reset"));
        rig.passSeconds(25);
        rig.restart(List.of(Replies.held(COIN, Direction.LONG, "10", "100", "100")), List.of());
        exchange.stream(exchange.update(open, Status.FILLED, "10", "101"));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(held -> assertThat(held.quantity()).isEqualByComparingTo("20"));
    }

    /** The owner sold savings of the same size while ours were held (seed 154). */
    @Test
    void aSaleOfSavingsIsNoEndOfOurs() {
        Call.PlacePair pair = protectedCoins();
        byHand("web_sale", Side.SELL, "90");
        closeAll(pair);
        exchange.trades(COIN);
        assertThat(rig.closed()).singleElement().satisfies(end -> {
            assertThat(end.exitPrice()).isEqualTo(Price.of("101"));
            assertThat(end.reason()).isEqualTo(Closed.Reason.SIGNAL);
        });
    }

    /** The owner bought more while ours were held (seed 39). */
    @Test
    void aPurchaseOfSavingsIsNoPartOfOurs() {
        Call.PlacePair pair = protectedCoins();
        byHand("web_purchase", Side.BUY, "90");
        closeAll(pair);
        exchange.trades(COIN);
        assertThat(rig.closed()).singleElement().satisfies(end -> {
            assertThat(end.entryPrice()).isEqualTo(Price.of("100"));
            assertThat(end.quantity()).isEqualTo(Quantity.of("10"));
            assertThat(end.result().fees()).isEqualByComparingTo("0.02");
        });
    }

    /** A pair whose request came late rested after the end, and sold what lay beside (seed 140). */
    @Test
    void whatALatePairSellsAfterTheEndIsAlerted() {
        Call.PlacePair pair = protectedCoins();
        closeAll(pair);
        exchange.trades(COIN);
        assertThat(rig.closed()).hasSize(1);
        rig.passSeconds(40);
        ClientOrderId late = new ClientOrderId(pair.targetId().value().replaceAll("-1$", "-7"));
        OrderUpdate sold = exchange.update(late, COIN, Side.SELL, Status.FILLED, "10", "103");
        exchange.stream(sold);
        exchange.stream(sold);
        assertThat(rig.alerts("closed-twice:"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("10 was sold that no position had"));
    }
}
