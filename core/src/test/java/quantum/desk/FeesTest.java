package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.intent.Closed;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Call;

/** Fees in other assets than the prices: a result is net of all fees or says that it is before them (X-F8). */
class FeesTest {

    private DeskRig rig;
    private Replies exchange;

    @BeforeEach
    void start() {
        rig = DeskRig.ready();
        exchange = new Replies(rig);
    }

    /** A long of 10 at 100 that somebody closed at 98; the fee of a trade is in BNB where its index is named. */
    private Closed.Result closed(int... inBnb) {
        exchange.position("a", DeskRig.BTC, "BUY");
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "10", "98");
        for (int i : inBnb) {
            Call.Trade trade = exchange.trades.get(i);
            exchange.trades.set(
                    i,
                    new Call.Trade(
                            trade.orderId(),
                            trade.tradeId(),
                            trade.side(),
                            null,
                            trade.price(),
                            trade.quantity(),
                            null,
                            new Call.OtherFee("BNB", new BigDecimal("0.00045")),
                            trade.time()));
        }
        rig.positions();
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).hasSize(1);
        return rig.closed().getFirst().result();
    }

    @Test
    void xF8_feesInAnotherAssetAreToldWithAssetAndAmountAndTheResultIsBeforeThem() {
        Closed.Result result = closed(0, 1);
        assertThat(result.fees()).isNull();
        assertThat(result.pnl()).isEqualByComparingTo("-20");
        assertThat(result.feesByAsset()).isEqualTo(Map.of("BNB", new BigDecimal("0.00090")));
        assertThat(rig.alerts("fees-unknown:"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("0.00090 BNB"));
    }

    @Test
    void xF8_aResultIsNeverNetOfOneFeeOfTwo() {
        Closed.Result result = closed(0);
        assertThat(result.fees()).isNull();
        assertThat(result.pnl()).as("before both fees").isEqualByComparingTo("-20");
        assertThat(result.feesByAsset())
                .isEqualTo(Map.of("BNB", new BigDecimal("0.00045"), "USDT", new BigDecimal("0.01")));
    }

    @Test
    void feesInTheAssetOfThePricesAreInTheResult() {
        Closed.Result result = closed();
        assertThat(result.fees()).isEqualByComparingTo("0.02");
        assertThat(result.pnl()).isEqualByComparingTo("-20.02");
        assertThat(result.feesByAsset()).isNull();
        assertThat(rig.alerts("fees-unknown:")).isEmpty();
    }
}
