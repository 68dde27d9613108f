package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.CancelAlgoOrderResponse;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewAlgoOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewAlgoOrderResponse;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewOrderRespType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.PositionSide;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Side;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.TimeInForce;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.WorkingType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conditional orders (binance-usdm 4). */
class AlgoOrdersTest extends Stranger {

    private static final String ALGO = "/fapi/v1/algoOrder";

    static NewAlgoOrderRequest conditional(String type, Side side) {
        return new NewAlgoOrderRequest()
                .algoType("CONDITIONAL")
                .symbol("BTCUSDT")
                .side(side)
                .type(type);
    }

    static NewAlgoOrderRequest closingStop(double trigger) {
        return conditional("STOP_MARKET", Side.SELL)
                .triggerPrice(trigger)
                .closePosition("true")
                .workingType(WorkingType.MARK_PRICE)
                .priceProtect("FALSE");
    }

    private void hold() {
        said(api.newOrder(OrdersTest.market(Side.BUY, 0.010).newOrderRespType(NewOrderRespType.RESULT)));
    }

    private CancelAlgoOrderResponse cancel(Map<String, String> id) {
        return said("DELETE", ALGO, id, CancelAlgoOrderResponse.class);
    }

    @Test
    void closingStopRestsAndIsCanceled() {
        hold();
        var placed = said(api.newAlgoOrder(closingStop(49_000)
                .clientAlgoId("stop-1")
                .positionSide(PositionSide.BOTH)
                .recvWindow(5_000L)));
        assertThat(placed.getAlgoStatus()).isEqualTo("NEW");
        assertThat(placed.getOrderType()).isEqualTo("STOP_MARKET");
        assertThat(decimal(placed.getTriggerPrice())).isEqualByComparingTo("49000.0");
        assertThat(placed.getClosePosition()).isTrue();
        assertThat(placed.getWorkingType()).isEqualTo("MARK_PRICE");
        assertThat(placed.getAlgoType()).isEqualTo("CONDITIONAL");
        assertThat(said(api.currentAllAlgoOpenOrders("CONDITIONAL", "BTCUSDT", placed.getAlgoId(), 5_000L)))
                .extracting(algo -> algo.getClientAlgoId())
                .containsExactly("stop-1");
        assertThat(said(api.currentAllAlgoOpenOrders(null, null, null, null))).hasSize(1);
        assertThat(refused(() -> api.queryOrder("BTCUSDT", null, "stop-1", null)))
                .isEqualTo(-2013);
        assertThat(said(api.currentAllOpenOrders("BTCUSDT", null))).isEmpty();
        // The connector sends algoid and clientalgoid, which 4.1 calls algoId and clientAlgoId.
        assertThat(refused(() -> api.cancelAlgoOrder(placed.getAlgoId(), null, null)))
                .isEqualTo(-1102);
        assertThat(refused(() -> api.cancelAlgoOrder(null, "stop-1", null))).isEqualTo(-1102);
        var canceled = cancel(Map.of("algoId", placed.getAlgoId().toString(), "recvWindow", "5000"));
        assertThat(canceled.getCode()).isEqualTo("200");
        assertThat(canceled.getMsg()).isEqualTo("success");
        assertThat(said(api.queryAlgoOrder(placed.getAlgoId(), null, 5_000L)).getAlgoStatus())
                .isEqualTo("CANCELED");
    }

    @Test
    void triggeredStopBecomesARealOrder() {
        hold();
        long start = System.currentTimeMillis() - 60_000;
        var placed = said(api.newAlgoOrder(closingStop(49_000).clientAlgoId("stop-2")));
        simulator.price("BTCUSDT", "48990");
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> api.queryAlgoOrder(null, "stop-2", null)
                        .getData()
                        .getAlgoStatus()
                        .equals("FINISHED"));
        var finished = said(api.queryAlgoOrder(null, "stop-2", null));
        assertThat(decimal(recorder.last()
                        .json()
                        .getAsJsonObject()
                        .get("actualQty")
                        .getAsString()))
                .isEqualByComparingTo("0.010");
        assertThat(decimal(finished.getActualPrice())).isEqualByComparingTo("48990.0");
        var real = said(api.queryOrder("BTCUSDT", Long.valueOf(finished.getActualOrderId()), null, null));
        assertThat(real.getClientOrderId()).isEqualTo("stop-2");
        assertThat(real.getOrigType()).isEqualTo("STOP_MARKET");
        assertThat(real.getType()).isEqualTo("MARKET");
        var all =
                said(api.queryAllAlgoOrders("BTCUSDT", placed.getAlgoId(), start, start + 120_000, null, 10L, 5_000L));
        assertThat(all).extracting(algo -> algo.getAlgoStatus()).containsExactly("FINISHED");
    }

    @Test
    void quantityStopReducesAlone() {
        hold();
        var stop = said(api.newAlgoOrder(conditional("STOP_MARKET", Side.SELL)
                .triggerPrice(49_000d)
                .quantity(0.010)
                .reduceOnly("true")));
        assertThat(decimal(stop.getQuantity())).isEqualByComparingTo("0.010");
        assertThat(stop.getReduceOnly()).isTrue();
        assertThat(stop.getWorkingType()).isEqualTo("CONTRACT_PRICE");
        assertThat(said(api.cancelAllAlgoOpenOrders("BTCUSDT", 5_000L)).getCode())
                .isEqualTo(200);
        assertThat(said(api.currentAllAlgoOpenOrders(null, "BTCUSDT", null, null)))
                .isEmpty();
    }

    @Test
    void limitedTargetHasItsPriceAndTimeInForce() {
        hold();
        var target = said(api.newAlgoOrder(conditional("TAKE_PROFIT", Side.SELL)
                .triggerPrice(51_000d)
                .price(51_100d)
                .quantity(0.010)
                .timeInForce(TimeInForce.GTC)));
        assertThat(decimal(target.getPrice())).isEqualByComparingTo("51100.0");
        assertThat(target.getTimeInForce()).isEqualTo("GTC");
        assertThat(cancel(Map.of("clientAlgoId", target.getClientAlgoId())).getAlgoId())
                .isEqualTo(target.getAlgoId());
    }

    @Test
    void trailingStopTellsItsRate() {
        hold();
        var trailing = said(api.newAlgoOrder(conditional("TRAILING_STOP_MARKET", Side.SELL)
                .quantity(0.010)
                .callbackRate(1.5)
                .reduceOnly("true")));
        assertThat(trailing.getOrderType()).isEqualTo("TRAILING_STOP_MARKET");
        assertThat(decimal(trailing.getCallbackRate())).isEqualByComparingTo("1.5");
    }

    @Test
    void activationPriceHasAnotherNameToday() {
        // The connector still sends activationPrice, which algoOrder calls activatePrice (4.2).
        assertThat(refused(() -> api.newAlgoOrder(conditional("TRAILING_STOP_MARKET", Side.SELL)
                        .quantity(0.010)
                        .callbackRate(1d)
                        .activationPrice(51_000d))))
                .isEqualTo(-1106);
        var trailing = said(
                "POST",
                ALGO,
                Map.of(
                        "algoType", "CONDITIONAL",
                        "symbol", "BTCUSDT",
                        "side", "SELL",
                        "type", "TRAILING_STOP_MARKET",
                        "quantity", "0.010",
                        "callbackRate", "1",
                        "activatePrice", "51000"),
                NewAlgoOrderResponse.class);
        assertThat(decimal(trailing.getActivatePrice())).isEqualByComparingTo("51000");
    }

    @Test
    void levelAlreadyPassedAndSecondClosingStopAreRefused() {
        hold();
        assertThat(refused(() -> api.newAlgoOrder(closingStop(50_100)))).isEqualTo(-2021);
        said(api.newAlgoOrder(closingStop(49_000)));
        assertThat(refused(() -> api.newAlgoOrder(closingStop(48_000)))).isEqualTo(-4130);
    }
}
