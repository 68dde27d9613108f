package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.position.PositionMode.HEDGE;
import static quantum.position.PositionMode.ONE_WAY;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import quantum.binance.BinanceRequest.Method;
import quantum.binance.RestCall.Security;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.order.Purpose;
import quantum.venue.Call;
import quantum.venue.Call.Level;

final class EndpointsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final ClientOrderId ID = new ClientOrderId("qo-0123456789abcdef0123");

    @Test
    void opensAtMarketWithoutReduceOnly() {
        assertThat(Endpoints.open(new Call.Open(ID, BTC, Side.BUY, Quantity.of("0.010"), 5), ONE_WAY))
                .isEqualTo(new RestCall(
                        Method.POST,
                        "/fapi/v1/order",
                        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01"
                                + "&newClientOrderId=qo-0123456789abcdef0123&newOrderRespType=ACK",
                        Security.SIGNED,
                        Purpose.OPEN));
    }

    @Test
    void closesReduceOnly() {
        RestCall call = Endpoints.close(new Call.Close(ID, BTC, Side.SELL, Quantity.of("1E+3")), ONE_WAY);
        assertThat(call.params())
                .isEqualTo("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=1000"
                        + "&newClientOrderId=qo-0123456789abcdef0123&newOrderRespType=ACK&reduceOnly=true");
        assertThat(call.purpose()).isEqualTo(Purpose.CLOSE);
        assertThat(call.changesOrders()).isTrue();
    }

    @Test
    void restsAStopThatFollowsThePositionAndLooksAtTheMark() {
        RestCall call = Endpoints.rest(
                new Call.PlaceConditional(ID, BTC, Direction.LONG, Level.STOP, Price.of("59000.50")), ONE_WAY);
        assertThat(call.path()).isEqualTo("/fapi/v1/algoOrder");
        assertThat(call.params())
                .isEqualTo("algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=59000.5"
                        + "&closePosition=true&workingType=MARK_PRICE&priceProtect=FALSE"
                        + "&clientAlgoId=qo-0123456789abcdef0123");
        RestCall target = Endpoints.rest(
                new Call.PlaceConditional(ID, BTC, Direction.SHORT, Level.TARGET, Price.of("50000")), ONE_WAY);
        assertThat(target.params()).contains("side=BUY&type=TAKE_PROFIT_MARKET&triggerPrice=50000&");
    }

    @Test
    void namesThePositionInHedgeModeAndNeverSaysReduceOnly() {
        assertThat(Endpoints.open(new Call.Open(ID, BTC, Side.SELL, Quantity.of("1"), 5), HEDGE)
                        .params())
                .endsWith("&positionSide=SHORT");
        String close = Endpoints.close(new Call.Close(ID, BTC, Side.SELL, Quantity.of("1")), HEDGE)
                .params();
        assertThat(close).endsWith("&positionSide=LONG").doesNotContain("reduceOnly");
        String atAPrice = Endpoints.close(new Call.Close(ID, BTC, Side.SELL, Quantity.of("1")), Price.of("7"), HEDGE)
                .params();
        assertThat(atAPrice).contains("type=LIMIT").endsWith("&timeInForce=IOC&price=7&positionSide=LONG");
        String rest = Endpoints.rest(
                        new Call.PlaceConditional(ID, BTC, Direction.SHORT, Level.STOP, Price.of("7")), HEDGE)
                .params();
        assertThat(rest).contains("side=BUY&").endsWith("&positionSide=SHORT");
    }

    @Test
    void asksForAnOrderByTheExchangesIdWhereItIsKnown() {
        assertThat(Endpoints.order(new Call.QueryOrder(ID, BTC, null)).params())
                .isEqualTo("symbol=BTCUSDT&origClientOrderId=qo-0123456789abcdef0123");
        assertThat(Endpoints.order(new Call.QueryOrder(ID, BTC, new OrderId("8389765739703625592")))
                        .params())
                .isEqualTo("symbol=BTCUSDT&orderId=8389765739703625592");
    }

    @Test
    void asksTheAlgoServiceWithoutASymbol() {
        assertThat(Endpoints.rest(new Call.QueryConditional(ID, BTC)))
                .isEqualTo(new RestCall(
                                Method.GET,
                                "/fapi/v1/algoOrder",
                                "clientAlgoId=qo-0123456789abcdef0123",
                                Security.SIGNED,
                                Purpose.PROTECT)
                        .forExit());
        assertThat(Endpoints.cancelRest(new Call.CancelConditional(ID, BTC)).method())
                .isEqualTo(Method.DELETE);
        assertThat(Endpoints.rests().params()).isEmpty();
    }

    @Test
    void readsTradesByTimeAndThenById() {
        Instant from = Instant.ofEpochMilli(1_700_000_000_000L);
        assertThat(Endpoints.tradesBetween(BTC, from, from.plusMillis(5)).params())
                .isEqualTo("symbol=BTCUSDT&startTime=1700000000000&endTime=1700000000005&limit=1000");
        assertThat(Endpoints.tradesFrom(BTC, 77).params()).isEqualTo("symbol=BTCUSDT&fromId=77&limit=1000");
    }

    @Test
    void leavesMarketDataAndListenKeysUnsigned() {
        assertThat(Endpoints.time().security()).isEqualTo(Security.NONE);
        assertThat(Endpoints.exchangeInfo().security()).isEqualTo(Security.NONE);
        assertThat(Endpoints.marks().security()).isEqualTo(Security.NONE);
        assertThat(Endpoints.listenKey().security()).isEqualTo(Security.KEY);
        assertThat(Endpoints.keepListenKey().method()).isEqualTo(Method.PUT);
    }
}
