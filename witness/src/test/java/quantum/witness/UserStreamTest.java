package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.witness.AlgoOrdersTest.closingStop;

import com.binance.connector.client.common.websocket.service.StreamBlockingQueueWrapper;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeInitialLeverageRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeMarginTypeRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.MarginType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewOrderRespType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Side;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AccountConfigUpdate;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AccountUpdate;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AlgoUpdate;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.Listenkeyexpired;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.MarginCall;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.OrderTradeUpdate;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.TradeLite;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.UserDataStreamEventsResponse;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The user stream (binance-usdm 5). */
class UserStreamTest extends StreamStranger {

    private StreamBlockingQueueWrapper<UserDataStreamEventsResponse> userStream() {
        var key = said(api.startUserDataStream()).getListenKey();
        return streams("private").userData(key);
    }

    @Test
    void fillIsToldByOrderAndAccount() {
        var queue = userStream();
        var placed = said(api.newOrder(OrdersTest.market(Side.BUY, 0.010).newClientOrderId("told-1")));
        var accepted = event(queue, OrderTradeUpdate.class).getoLowerCase();
        assertThat(accepted.getxLowerCase() + " " + accepted.getX()).isEqualTo("NEW NEW");
        assertThat(accepted.getcLowerCase()).isEqualTo("told-1");
        assertThat(accepted.getiLowerCase()).isEqualTo(placed.getOrderId());
        var filled = event(queue, OrderTradeUpdate.class);
        var trade = filled.getoLowerCase();
        assertThat(trade.getxLowerCase() + " " + trade.getX()).isEqualTo("TRADE FILLED");
        assertThat(decimal(trade.getAp())).isEqualByComparingTo("50000.1");
        assertThat(decimal(trade.getL())).isEqualByComparingTo("50000.1");
        assertThat(decimal(trade.getlLowerCase())).isEqualByComparingTo("0.010");
        assertThat(decimal(trade.getzLowerCase())).isEqualByComparingTo("0.010");
        assertThat(trade.getN()).isEqualTo("USDT");
        assertThat(decimal(trade.getnLowerCase())).isEqualByComparingTo("0.2000004");
        assertThat(trade.gettLowerCase()).isPositive();
        var account = event(queue, AccountUpdate.class);
        assertThat(account.getT()).isEqualTo(filled.getT());
        assertThat(account.getaLowerCase().getmLowerCase()).isEqualTo("ORDER");
        var position = account.getaLowerCase().getP().getFirst();
        assertThat(decimal(position.getPa())).isEqualByComparingTo("0.010");
        assertThat(position.getMt()).isEqualTo("cross");
        assertThat(decimal(account.getaLowerCase().getB().getFirst().getWb())).isEqualByComparingTo("9999.7999996");
    }

    @Test
    void cancelIsTold() {
        var queue = userStream();
        var placed = said(api.newOrder(OrdersTest.limit(Side.BUY, 49_000)));
        event(queue, OrderTradeUpdate.class);
        said(api.cancelOrder("BTCUSDT", placed.getOrderId(), null, null));
        var canceled = event(queue, OrderTradeUpdate.class).getoLowerCase();
        assertThat(canceled.getxLowerCase() + " " + canceled.getX()).isEqualTo("CANCELED CANCELED");
        assertThat(canceled.getEr()).isEqualTo("0");
    }

    @Test
    void lifeOfAClosingStopIsTold() {
        var queue = userStream();
        said(api.newOrder(OrdersTest.market(Side.BUY, 0.010)));
        event(queue, AccountUpdate.class);
        var placed = said(api.newAlgoOrder(closingStop(49_000).clientAlgoId("told-2")));
        var states = new ArrayList<String>();
        var update = event(queue, AlgoUpdate.class).getoLowerCase();
        assertThat(update.getAid()).isEqualTo(placed.getAlgoId());
        assertThat(update.getCaid()).isEqualTo("told-2");
        assertThat(decimal(update.getTp())).isEqualByComparingTo("49000.0");
        states.add(update.getX());
        simulator.price("BTCUSDT", "48990");
        while (!states.getLast().equals("FINISHED")) {
            update = event(queue, AlgoUpdate.class).getoLowerCase();
            states.add(update.getX());
        }
        assertThat(states).containsExactly("NEW", "TRIGGERING", "TRIGGERED", "FINISHED");
        assertThat(decimal(update.getAq())).isEqualByComparingTo("0.010");
        assertThat(decimal(update.getAp())).isEqualByComparingTo("48990.0");
        assertThat(update.getAct()).isEqualTo("MARKET");
    }

    @Test
    void fillIsToldShortlyToo() {
        var queue = userStream();
        var placed = said(api.newOrder(OrdersTest.market(Side.BUY, 0.010).newClientOrderId("told-3")));
        var trade = event(queue, TradeLite.class);
        assertThat(trade.getcLowerCase()).isEqualTo("told-3");
        assertThat(trade.getiLowerCase()).isEqualTo(placed.getOrderId());
        assertThat(decimal(trade.getL())).isEqualByComparingTo("50000.1");
        assertThat(decimal(trade.getlLowerCase())).isEqualByComparingTo("0.010");
        assertThat(trade.getS()).isEqualTo("BUY");
    }

    @Test
    void marginCallAndLiquidationAreTold() {
        said(api.changeMarginType(
                new ChangeMarginTypeRequest().symbol("BTCUSDT").marginType(MarginType.ISOLATED)));
        said(api.changeInitialLeverage(
                new ChangeInitialLeverageRequest().symbol("BTCUSDT").leverage(100L)));
        var queue = userStream();
        said(api.newOrder(OrdersTest.market(Side.BUY, 0.010)));
        event(queue, AccountUpdate.class);
        simulator.price("BTCUSDT", "49000");
        var call = event(queue, MarginCall.class).getpLowerCase().getFirst();
        assertThat(call.getsLowerCase()).isEqualTo("BTCUSDT");
        assertThat(call.getMt()).isEqualToIgnoringCase("isolated");
        var order = event(queue, OrderTradeUpdate.class).getoLowerCase();
        assertThat(order.getcLowerCase()).startsWith("autoclose-");
    }

    @Test
    void fundingIsToldWithItsSymbol() {
        said(api.newOrder(OrdersTest.market(Side.BUY, 0.010).newOrderRespType(NewOrderRespType.RESULT)));
        var queue = userStream();
        simulator.control("/sim/funding", "{\"symbol\":\"BTCUSDT\",\"rate\":\"0.0010\"}");
        var update = event(queue, AccountUpdate.class).getaLowerCase();
        assertThat(update.getmLowerCase()).isEqualTo("FUNDING_FEE");
        assertThat(decimal(update.getB().getFirst().getBc())).isEqualByComparingTo("-0.5");
    }

    @Test
    void trailingStopTellsItsRate() {
        said(api.newOrder(OrdersTest.market(Side.BUY, 0.010).newOrderRespType(NewOrderRespType.RESULT)));
        var queue = userStream();
        said(api.newAlgoOrder(AlgoOrdersTest.conditional("TRAILING_STOP_MARKET", Side.SELL)
                .quantity(0.010)
                .callbackRate(1.5)
                .reduceOnly("true")));
        var update = event(queue, AlgoUpdate.class).getoLowerCase();
        assertThat(update.getoLowerCase()).isEqualTo("TRAILING_STOP_MARKET");
        assertThat(update.getX()).isEqualTo("NEW");
    }

    @Test
    void changedLeverageIsTold() {
        var queue = userStream();
        said(api.changeInitialLeverage(
                new ChangeInitialLeverageRequest().symbol("ETHUSDT").leverage(9L)));
        var update = event(queue, AccountConfigUpdate.class).getAc();
        assertThat(update.getsLowerCase()).isEqualTo("ETHUSDT");
        assertThat(update.getlLowerCase()).isEqualTo(9L);
    }

    @Test
    void endOfTheListenKeyIsTold() {
        simulator.control("/sim/settings", "{\"listenKeySeconds\":1}");
        var queue = userStream();
        var expired = event(queue, Listenkeyexpired.class);
        assertThat(expired.getListenKey()).isEqualTo(queue.getInnerQueue().getOperationId());
    }
}
