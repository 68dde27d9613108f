package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.intent.Closed;
import quantum.market.Balance;
import quantum.market.Contract;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/** An account of coins shows one sum for each; only what our own orders bought is a position. All symbols here are of BTC. */
class LotsTest {

    private final DeskRig rig = DeskRig.ready(Rules.DEFAULT, new Contract.Coin("BTC", "USDT"));
    private final Replies exchange = new Replies(rig);
    private final PairReplies pairs = new PairReplies(rig);

    /** Two positions of ten coins each, the older one in BTC. */
    @BeforeEach
    void buyTwice() {
        buy("a", DeskRig.BTC);
        rig.pass(Duration.ofSeconds(3));
        buy("b", DeskRig.ETH);
        rig.pass(Duration.ofSeconds(3));
    }

    private void buy(String id, Symbol symbol) {
        rig.mark();
        rig.buy(id, symbol);
        exchange.fill("100");
        pairs.placed();
    }

    private void coins(Balance... balances) {
        rig.pass(Duration.ofSeconds(20));
        rig.said(new VenueEvent.HoldingsRead(List.of(balances), rig.now().nanos()));
    }

    private List<String> held() {
        return rig.view().positions().stream()
                .map(position -> position.symbol() + " " + position.quantity().toPlainString())
                .sorted()
                .toList();
    }

    @Test
    void whatWasThereBeforeIsNeverAdoptedProtectedOrSold() {
        coins(DeskRig.balance("BTC", "1000"), DeskRig.balance("DOGE", "50000"));
        coins(DeskRig.balance("BTC", "1000"), DeskRig.balance("DOGE", "50000"));
        assertThat(held()).containsExactly("BTCUSDT 10", "ETHUSDT 10");
        assertThat(rig.calls(Call.PlacePair.class)).hasSize(2);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void oneReadingThatLacksTheCoinIsADoubtAndTwoThatAgreeAreAnEnd() {
        coins(DeskRig.balance("DOGE", "50000"));
        assertThat(held()).containsExactly("BTCUSDT 10", "ETHUSDT 10");
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        coins(DeskRig.balance("DOGE", "50000"));
        assertThat(held()).isEmpty();
    }

    /** A position that was bought meanwhile has all of its coins; a small shortage ends no whole position. */
    @Test
    void whatIsMissingIsMissingInThoseThatAreInDoubtForLong() {
        coins(DeskRig.balance("BTC", "19.9"));
        buy("c", DeskRig.SOL);
        coins(DeskRig.balance("BTC", "29.9"));
        assertThat(held()).containsExactly("BTCUSDT 10", "ETHUSDT 9.9", "SOLUSDT 10");
    }

    /** What is missing was sold by an order whose word is on its way: no other position lacks it (seed 173). */
    @Test
    void whileAnOrderOfOursSellsTheSumSaysNothingOfThoseThatAreInDoubt() {
        coins(DeskRig.balance("BTC", "19.9"));
        rig.pass(Duration.ofSeconds(1));
        rig.close("c", DeskRig.ETH);
        coins(DeskRig.balance("BTC", "9.9"));
        coins(DeskRig.balance("BTC", "9.9"));
        assertThat(held()).containsExactly("BTCUSDT 10", "ETHUSDT 10");
    }

    /** Somebody sold a part: the oldest position has its coins, and the pair of the other one is for what is left. */
    @Test
    void whatSomebodySoldIsMissingInTheYoungestPosition() {
        coins(DeskRig.balance("BTC", "14"));
        assertThat(held()).as("which of both lacks them is asked").containsExactly("BTCUSDT 10", "ETHUSDT 10");
        assertThat(rig.calls(Call.ReadTrades.class))
                .extracting(Call.ReadTrades::symbol)
                .contains(DeskRig.BTC, DeskRig.ETH);
        coins(DeskRig.balance("BTC", "14"));
        assertThat(held()).containsExactly("BTCUSDT 10", "ETHUSDT 4");
        Call.PlacePair last = rig.calls(Call.PlacePair.class).getLast();
        assertThat(rig.calls(Call.CancelConditional.class))
                .extracting(Call.CancelConditional::id)
                .containsExactly(last.stopId(), last.targetId());
        rig.said(new VenueEvent.ConditionalCancelled(last.stopId(), new Answer.Accepted<>(last.stopId())));
        rig.said(new VenueEvent.ConditionalCancelled(last.targetId(), new Answer.Accepted<>(last.targetId())));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.last(Call.PlacePair.class).quantity()).isEqualTo(Quantity.of("4"));
        assertThat(rig.closed()).extracting(Closed::reason).isEmpty();
    }
}
