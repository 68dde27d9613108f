package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.AutoCancelAllOpenOrdersRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.BatchOrdersPlaceMultipleOrders;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.BatchOrdersPlaceMultipleOrdersInner;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ModifyOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.OrderIdList;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.OrigClientOrderIdList;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.PlaceMultipleOrdersRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.PlaceMultipleOrdersResponse;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Side;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.TestOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.TimeInForce;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders in batches, amended, tried out and taken off by a timer (binance-usdm 3.5). */
class OrderChangesTest extends Stranger {

    private static BatchOrdersPlaceMultipleOrdersInner item(String type, String price) {
        return new BatchOrdersPlaceMultipleOrdersInner()
                .symbol("BTCUSDT")
                .side(BatchOrdersPlaceMultipleOrdersInner.SideEnum.BUY)
                .type(type)
                .quantity("0.010")
                .price(price)
                .timeInForce(BatchOrdersPlaceMultipleOrdersInner.TimeInForceEnum.GTC);
    }

    private PlaceMultipleOrdersResponse placeTwo() {
        var items = new BatchOrdersPlaceMultipleOrders();
        items.addAll(List.of(
                item("LIMIT", "49000").newClientOrderId("batch-1"),
                item("LIMIT", "48900").newClientOrderId("batch-2")));
        return said(api.placeMultipleOrders(
                new PlaceMultipleOrdersRequest().batchOrders(items).recvWindow(5_000L)));
    }

    @Test
    void batchIsAnsweredInOrder() {
        assertThat(placeTwo())
                .extracting(order -> order.getClientOrderId() + " " + order.getStatus())
                .containsExactly("batch-1 NEW", "batch-2 NEW");
        assertThat(said(api.currentAllOpenOrders("BTCUSDT", null))).hasSize(2);
    }

    @Test
    void refusedItemOfABatchHasItsCode() {
        var items = new BatchOrdersPlaceMultipleOrders();
        items.addAll(List.of(
                item("LIMIT", "49000"),
                item("LIMIT", "49000.01"),
                item("STOP_MARKET", "49000").stopPrice("49000")));
        api.placeMultipleOrders(new PlaceMultipleOrdersRequest().batchOrders(items));
        var answers = recorder.last().json().getAsJsonArray();
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).getAsJsonObject().get("status").getAsString()).isEqualTo("NEW");
        assertThat(answers.get(1).getAsJsonObject().get("code").getAsInt()).isEqualTo(-4014);
        assertThat(answers.get(2).getAsJsonObject().get("code").getAsInt()).isEqualTo(-4120);
    }

    @Test
    void batchIsCanceledByIds() {
        var placed = placeTwo();
        var ids = new OrderIdList();
        ids.add(placed.getFirst().getOrderId());
        assertThat(said(api.cancelMultipleOrders("BTCUSDT", ids, null, 5_000L)))
                .extracting(order -> order.getClientOrderId() + " " + order.getStatus())
                .containsExactly("batch-1 CANCELED");
        var names = new OrigClientOrderIdList();
        names.addAll(List.of("batch-1", "batch-2"));
        api.cancelMultipleOrders("BTCUSDT", null, names, null);
        var answers = recorder.last().json().getAsJsonArray();
        assertThat(answers.get(0).getAsJsonObject().get("code").getAsInt()).isEqualTo(-2011);
        assertThat(answers.get(1).getAsJsonObject().get("status").getAsString()).isEqualTo("CANCELED");
    }

    @Test
    void amendedOrderKeepsItsId() {
        var placed = said(api.newOrder(OrdersTest.limit(Side.BUY, 49_000).newClientOrderId("amend-1")));
        var amended = said(api.modifyOrder(new ModifyOrderRequest()
                .symbol("BTCUSDT")
                .orderId(placed.getOrderId())
                .side(Side.BUY)
                .quantity(0.020)
                .price(48_900d)
                .recvWindow(5_000L)));
        assertThat(amended.getOrderId()).isEqualTo(placed.getOrderId());
        assertThat(decimal(amended.getPrice())).isEqualByComparingTo("48900");
        assertThat(decimal(amended.getOrigQty())).isEqualByComparingTo("0.020");
        assertThat(refused(() -> api.modifyOrder(new ModifyOrderRequest()
                        .symbol("BTCUSDT")
                        .origClientOrderId("amend-1")
                        .side(Side.BUY)
                        .quantity(0.020)
                        .price(48_900d))))
                .isEqualTo(-5027);
    }

    @Test
    void countdownTakesOrdersOff() {
        var placed = said(api.newOrder(OrdersTest.limit(Side.BUY, 49_000)));
        var countdown = said(api.autoCancelAllOpenOrders(new AutoCancelAllOpenOrdersRequest()
                .symbol("BTCUSDT")
                .countdownTime(100L)
                .recvWindow(5_000L)));
        assertThat(countdown.getSymbol()).isEqualTo("BTCUSDT");
        assertThat(countdown.getCountdownTime()).isEqualTo("100");
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> api.queryOrder("BTCUSDT", placed.getOrderId(), null, null)
                        .getData()
                        .getStatus()
                        .equals("CANCELED"));
    }

    @Test
    void triedOrderLeavesNothing() {
        api.testOrder(new TestOrderRequest()
                .symbol("BTCUSDT")
                .side(Side.BUY)
                .type("LIMIT")
                .timeInForce(TimeInForce.GTC)
                .quantity(0.010)
                .price(49_000d)
                .recvWindow(5_000L));
        assertThat(said(api.currentAllOpenOrders("BTCUSDT", null))).isEmpty();
        assertThat(refused(() -> api.testOrder(new TestOrderRequest()
                        .symbol("BTCUSDT")
                        .side(Side.BUY)
                        .type("MARKET")
                        .quantity(0.0105))))
                .isEqualTo(-1111);
    }
}
