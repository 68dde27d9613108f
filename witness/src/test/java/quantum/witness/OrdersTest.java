package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewOrderRespType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.PositionSide;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Side;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.TimeInForce;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Regular orders (binance-usdm 3). */
class OrdersTest extends Stranger {

    static NewOrderRequest market(Side side, double quantity) {
        return new NewOrderRequest().symbol("BTCUSDT").side(side).type("MARKET").quantity(quantity);
    }

    static NewOrderRequest limit(Side side, double price) {
        return market(side, 0.010).type("LIMIT").price(price).timeInForce(TimeInForce.GTC);
    }

    private void awaitStatus(String clientId, String status) {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> api.queryOrder("BTCUSDT", null, clientId, null)
                        .getData()
                        .getStatus()
                        .equals(status));
    }

    @Test
    void marketOrderIsAcknowledgedThenFilledAtTheAsk() {
        var ack = said(api.newOrder(market(Side.BUY, 0.010)
                .newClientOrderId("entry-1")
                .newOrderRespType(NewOrderRespType.ACK)
                .positionSide(PositionSide.BOTH)
                .recvWindow(4_000L)));
        assertThat(ack.getStatus()).isEqualTo("NEW");
        assertThat(decimal(ack.getExecutedQty())).isEqualByComparingTo("0");
        assertThat(ack.getAvgPrice()).isNull();
        assertThat(ack.getCumQuote()).isNull();
        assertThat(ack.getClientOrderId()).isEqualTo("entry-1");
        assertThat(decimal(ack.getOrigQty())).isEqualByComparingTo("0.010");
        awaitStatus("entry-1", "FILLED");
        var order = said(api.queryOrder("BTCUSDT", ack.getOrderId(), null, 5_000L));
        assertThat(decimal(order.getAvgPrice())).isEqualByComparingTo("50000.1");
        assertThat(decimal(order.getExecutedQty())).isEqualByComparingTo("0.010");
        assertThat(decimal(order.getCumQuote())).isEqualByComparingTo("500.001");
        assertThat(order.getTime()).isLessThanOrEqualTo(order.getUpdateTime());
    }

    @Test
    void resultAnswersTheFinalState() {
        var result = said(api.newOrder(market(Side.SELL, 0.020).newOrderRespType(NewOrderRespType.RESULT)));
        assertThat(result.getStatus()).isEqualTo("FILLED");
        assertThat(decimal(result.getExecutedQty())).isEqualByComparingTo("0.020");
        assertThat(decimal(result.getCumQty())).isEqualByComparingTo("0.020");
        assertThat(result.getSide()).isEqualTo("SELL");
    }

    @Test
    void everyFillIsATradeWithItsFee() {
        long start = System.currentTimeMillis() - 1_000;
        var order = said(api.newOrder(market(Side.BUY, 0.010).newOrderRespType(NewOrderRespType.RESULT)));
        var trades =
                said(api.accountTradeList("BTCUSDT", order.getOrderId(), start, start + 60_000, null, 10L, 5_000L));
        assertThat(trades).hasSize(1);
        var trade = trades.getFirst();
        assertThat(decimal(trade.getPrice())).isEqualByComparingTo("50000.1");
        assertThat(decimal(trade.getQty())).isEqualByComparingTo("0.010");
        assertThat(decimal(trade.getCommission())).isEqualByComparingTo("0.2000004");
        assertThat(trade.getCommissionAsset()).isEqualTo("USDT");
        assertThat(trade.getBuyer()).isTrue();
        assertThat(trade.getMaker()).isFalse();
        var later = said(api.accountTradeList("BTCUSDT", null, null, null, trade.getId(), null, null));
        assertThat(later).extracting(one -> one.getId()).containsExactly(trade.getId());
    }

    @Test
    void restingOrderIsListedAndCanceled() {
        var placed = said(api.newOrder(limit(Side.BUY, 49_000).newClientOrderId("rest-1")));
        assertThat(placed.getStatus()).isEqualTo("NEW");
        assertThat(decimal(placed.getPrice())).isEqualByComparingTo("49000.0");
        assertThat(placed.getTimeInForce()).isEqualTo("GTC");
        assertThat(said(api.queryCurrentOpenOrder("BTCUSDT", placed.getOrderId(), null, 5_000L))
                        .getClientOrderId())
                .isEqualTo("rest-1");
        assertThat(said(api.currentAllOpenOrders("BTCUSDT", 5_000L)))
                .extracting(order -> order.getOrderId())
                .containsExactly(placed.getOrderId());
        assertThat(said(api.currentAllOpenOrders(null, null))).hasSize(1);
        var canceled = said(api.cancelOrder("BTCUSDT", null, "rest-1", 5_000L));
        assertThat(canceled.getStatus()).isEqualTo("CANCELED");
        assertThat(refused(() -> api.cancelOrder("BTCUSDT", placed.getOrderId(), null, null)))
                .isEqualTo(-2011);
        assertThat(refused(() -> api.queryCurrentOpenOrder("BTCUSDT", null, "rest-1", null)))
                .isEqualTo(-2013);
    }

    @Test
    void orderMayEndByItself() {
        long end = (System.currentTimeMillis() / 1_000 + 3_600) * 1_000;
        var placed = said(api.newOrder(
                limit(Side.BUY, 49_000).timeInForce(TimeInForce.GTD).goodTillDate(end)));
        assertThat(placed.getTimeInForce()).isEqualTo("GTD");
        assertThat(placed.getGoodTillDate()).isEqualTo(end);
    }

    @Test
    void allOrdersAreListedByTimeAndId() {
        long start = System.currentTimeMillis() - 1_000;
        var first = said(api.newOrder(limit(Side.BUY, 49_000)));
        var second = said(api.newOrder(limit(Side.BUY, 48_900)));
        var all = said(api.allOrders("BTCUSDT", null, start, start + 60_000, 10L, 5_000L));
        assertThat(all)
                .extracting(order -> order.getOrderId())
                .containsExactly(first.getOrderId(), second.getOrderId());
        assertThat(said(api.allOrders("BTCUSDT", second.getOrderId(), null, null, null, null)))
                .extracting(order -> order.getOrderId())
                .containsExactly(second.getOrderId());
        assertThat(said(api.cancelAllOpenOrders("BTCUSDT", 5_000L)).getCode()).isEqualTo(200);
        assertThat(said(api.allOrders("BTCUSDT", null, null, null, null, null)))
                .extracting(order -> order.getStatus())
                .containsExactly("CANCELED", "CANCELED");
    }

    @Test
    void closingOrderReducesAlone() {
        said(api.newOrder(market(Side.BUY, 0.010).newOrderRespType(NewOrderRespType.RESULT)));
        var close = said(
                api.newOrder(market(Side.SELL, 0.010).reduceOnly("true").newOrderRespType(NewOrderRespType.RESULT)));
        assertThat(close.getReduceOnly()).isTrue();
        assertThat(close.getStatus()).isEqualTo("FILLED");
        assertThat(refused(() -> api.newOrder(market(Side.SELL, 0.010).reduceOnly("true"))))
                .isEqualTo(-2022);
    }

    @Test
    void conditionalTypesAreSentElsewhere() {
        assertThat(refused(() -> api.newOrder(
                        market(Side.SELL, 0.010).type("STOP_MARKET").stopPrice(49_000d))))
                .isEqualTo(-4120);
    }

    @Test
    void clientIdIsUniqueAmongOpenOrders() {
        said(api.newOrder(limit(Side.BUY, 49_000).newClientOrderId("twice")));
        assertThat(refused(() -> api.newOrder(limit(Side.BUY, 49_000).newClientOrderId("twice"))))
                .isEqualTo(-4116);
    }

    @Test
    void quantitiesAndPricesOffTheirStepsAreRefused() {
        assertThat(refused(() -> api.newOrder(market(Side.BUY, 0.0105)))).isEqualTo(-1111);
        assertThat(refused(() -> api.newOrder(limit(Side.BUY, 49_000.001)))).isEqualTo(-1111);
        assertThat(refused(() -> api.newOrder(limit(Side.BUY, 49_000.05)))).isEqualTo(-4014);
        assertThat(refused(() -> api.newOrder(limit(Side.BUY, 49_000).quantity(0.001))))
                .isEqualTo(-4164);
    }

    @Test
    void sumOfDoublesIsRefusedRatherThanRounded() {
        // The connector takes quantities as Double and sends 0.30000000000000004.
        assertThat(refused(() -> api.newOrder(market(Side.BUY, 0.1 + 0.2)))).isEqualTo(-1111);
    }
}
