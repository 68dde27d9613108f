package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeMultiAssetsModeRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangePositionModeRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewOrderRespType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.PositionSide;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Side;
import org.junit.jupiter.api.Test;

/** Position mode and multi-assets mode, and what they change (binance-usdm 3.4, 7). */
class AccountChoicesTest extends Stranger {

    private static ChangePositionModeRequest mode(String hedge) {
        return new ChangePositionModeRequest().dualSidePosition(hedge).recvWindow(5_000L);
    }

    @Test
    void hedgeModeKeepsASideEach() {
        said(api.newOrder(OrdersTest.limit(Side.BUY, 49_000)));
        assertThat(refused(() -> api.changePositionMode(mode("true")))).isEqualTo(-4067);
        said(api.cancelAllOpenOrders("BTCUSDT", null));
        assertThat(said(api.changePositionMode(mode("true"))).getMsg()).isEqualTo("success");
        assertThat(refused(() -> api.changePositionMode(mode("true")))).isEqualTo(-4059);
        assertThat(said(api.getCurrentPositionMode(null)).getDualSidePosition()).isTrue();
        assertThat(refused(() -> api.newOrder(OrdersTest.market(Side.BUY, 0.010))))
                .isEqualTo(-4061);
        var buy = OrdersTest.market(Side.BUY, 0.010).newOrderRespType(NewOrderRespType.RESULT);
        assertThat(said(api.newOrder(buy.positionSide(PositionSide.LONG))).getPositionSide())
                .isEqualTo("LONG");
        said(api.newOrder(OrdersTest.market(Side.SELL, 0.020)
                .positionSide(PositionSide.SHORT)
                .newOrderRespType(NewOrderRespType.RESULT)));
        assertThat(said(api.positionInformationV3("BTCUSDT", null)))
                .extracting(position -> position.getPositionSide() + " "
                        + decimal(position.getPositionAmt())
                                .stripTrailingZeros()
                                .toPlainString())
                .containsExactlyInAnyOrder("LONG 0.01", "SHORT -0.02");
        assertThat(refused(() -> api.changePositionMode(mode("false")))).isEqualTo(-4068);
    }

    @Test
    void multiAssetsModeIsReadBack() {
        var on = new ChangeMultiAssetsModeRequest().multiAssetsMargin("true").recvWindow(5_000L);
        assertThat(said(api.getCurrentMultiAssetsMode(5_000L)).getMultiAssetsMargin())
                .isFalse();
        assertThat(said(api.changeMultiAssetsMode(on)).getMsg()).isEqualTo("success");
        assertThat(refused(() -> api.changeMultiAssetsMode(on))).isEqualTo(-4171);
        assertThat(said(api.getCurrentMultiAssetsMode(null)).getMultiAssetsMargin())
                .isTrue();
    }
}
