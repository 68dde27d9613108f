package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.binance.connector.client.common.configuration.SignatureConfiguration;
import com.binance.connector.client.common.websocket.dtos.BaseRequestDTO;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.DerivativesTradingUsdsFuturesWebSocketApiUtil;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.api.DerivativesTradingUsdsFuturesWebSocketApi;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.AccountInformationV2Request;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.CancelOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.CloseUserDataStreamRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.FuturesAccountBalanceV2Request;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.KeepaliveUserDataStreamRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.ModifyOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.NewAlgoOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.NewOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.NewOrderRespType;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.OrderBookRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.PositionInformationV2Request;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.QueryOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.Side;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.StartUserDataStreamRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.SymbolOrderBookTickerRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.SymbolPriceTickerRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.TimeInForce;
import com.google.gson.JsonObject;
import com.google.gson.annotations.SerializedName;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The WebSocket API (binance-usdm 10). */
class WebSocketApiTest extends Stranger {

    private final List<ApiConnection> open = new ArrayList<>();

    /** What cancels a conditional order, under the name of the reference. */
    private static final class CancelAlgo extends BaseRequestDTO {

        @SerializedName("algoId")
        private final Long algoId;

        CancelAlgo(Long algoId) {
            this.algoId = algoId;
        }

        @Override
        public String toUrlQueryString() {
            return "algoId=" + algoId + "&" + super.toUrlQueryString();
        }
    }

    private ApiConnection connect(SignatureConfiguration signature) {
        var configuration = DerivativesTradingUsdsFuturesWebSocketApiUtil.getClientConfiguration();
        configuration.setUrl(simulator.socketUrl() + "/ws-fapi/v1");
        configuration.setSignatureConfiguration(signature);
        var connection = new ApiConnection(configuration, recorder);
        open.add(connection);
        return connection;
    }

    private DerivativesTradingUsdsFuturesWebSocketApi orders() {
        return new DerivativesTradingUsdsFuturesWebSocketApi(connect(signature()));
    }

    @AfterEach
    void hangUp() throws Exception {
        for (var connection : open) connection.stop();
    }

    /** The reply, after its class was compared with what came. */
    private <T> T heard(CompletableFuture<T> future) throws Exception {
        var reply = future.get(8, TimeUnit.SECONDS);
        compare(recorder.last(), reply);
        return reply;
    }

    private JsonObject last() {
        return recorder.last().json().getAsJsonObject();
    }

    private static NewOrderRequest limit(double price) {
        return new NewOrderRequest()
                .symbol("BTCUSDT")
                .side(Side.BUY)
                .type("LIMIT")
                .timeInForce(TimeInForce.GTC)
                .quantity(0.010)
                .price(price);
    }

    @Test
    void orderIsPlacedQueriedAndCanceled() throws Exception {
        var socket = orders();
        var placed = heard(
                socket.newOrder(limit(49_000d).newClientOrderId("socket-1").recvWindow(5_000L)));
        assertThat(placed.getStatus()).isEqualTo(200L);
        var order = placed.getResult();
        assertThat(order.getStatus()).isEqualTo("NEW");
        assertThat(decimal(order.getPrice())).isEqualByComparingTo("49000");
        assertThat(placed.getRateLimits())
                .extracting(limit -> limit.getRateLimitType())
                .contains("ORDERS");
        var queried = heard(
                socket.queryOrder(new QueryOrderRequest().symbol("BTCUSDT").origClientOrderId("socket-1")));
        assertThat(decimal(queried.getResult().getOrigQty())).isEqualByComparingTo("0.010");
        var canceled = heard(
                socket.cancelOrder(new CancelOrderRequest().symbol("BTCUSDT").orderId(order.getOrderId())));
        assertThat(canceled.getResult().getStatus()).isEqualTo("CANCELED");
    }

    @Test
    void orderIsAmended() throws Exception {
        var socket = orders();
        var order = heard(socket.newOrder(limit(49_000d))).getResult();
        var amended = heard(socket.modifyOrder(new ModifyOrderRequest()
                .symbol("BTCUSDT")
                .orderId(order.getOrderId())
                .side(Side.BUY)
                .quantity(0.020)
                .price(48_900d)));
        assertThat(decimal(amended.getResult().getPrice())).isEqualByComparingTo("48900");
    }

    @Test
    void refusalHasTheCodeOfRest() throws Exception {
        orders().newOrder(limit(49_000.05)).get(8, TimeUnit.SECONDS);
        assertThat(last().get("status").getAsInt()).isEqualTo(400);
        assertThat(last().getAsJsonObject("error").get("code").getAsInt()).isEqualTo(-4014);
    }

    @Test
    void marketOrderAnswersItsResult() throws Exception {
        var socket = orders();
        var order = heard(socket.newOrder(new NewOrderRequest()
                        .symbol("BTCUSDT")
                        .side(Side.BUY)
                        .type("MARKET")
                        .quantity(0.010)
                        .reduceOnly("false")
                        .newOrderRespType(NewOrderRespType.RESULT)))
                .getResult();
        assertThat(order.getStatus()).isEqualTo("FILLED");
        var position = heard(socket.positionInformationV2(new PositionInformationV2Request().symbol("BTCUSDT")))
                .getResult()
                .getFirst();
        assertThat(decimal(position.getPositionAmt())).isEqualByComparingTo("0.010");
        var account = heard(socket.accountInformationV2(new AccountInformationV2Request()))
                .getResult();
        assertThat(decimal(account.getTotalWalletBalance())).isEqualByComparingTo("9999.7999996");
        var balance = heard(socket.futuresAccountBalanceV2(new FuturesAccountBalanceV2Request()))
                .getResult()
                .getFirst();
        assertThat(decimal(balance.getBalance())).isEqualByComparingTo("9999.7999996");
    }

    @Test
    void conditionalOrderIsPlacedAndCanceled() throws Exception {
        var socket = orders();
        var placed = heard(socket.newAlgoOrder(new NewAlgoOrderRequest()
                        .algoType("CONDITIONAL")
                        .symbol("BTCUSDT")
                        .side(Side.SELL)
                        .type("STOP_MARKET")
                        .triggerPrice(49_000d)
                        .quantity(0.010)
                        .clientAlgoId("socket-2")))
                .getResult();
        assertThat(placed.getAlgoStatus()).isEqualTo("NEW");
        assertThat(decimal(placed.getTriggerPrice())).isEqualByComparingTo("49000");
        // The connector's own parameter is algoid, which 4.1 calls algoId.
        open.getFirst().askSigned("algoOrder.cancel", new CancelAlgo(placed.getAlgoId()));
        awaitReplies(2);
        assertThat(last().getAsJsonObject("result").get("code").getAsString()).isEqualTo("200");
    }

    @Test
    void keyOfTheUserStreamIsThatOfRest() throws Exception {
        var socket = orders();
        var key = heard(socket.startUserDataStream(new StartUserDataStreamRequest()))
                .getResult()
                .getListenKey();
        assertThat(said(api.startUserDataStream()).getListenKey()).isEqualTo(key);
        assertThat(heard(socket.keepaliveUserDataStream(new KeepaliveUserDataStreamRequest()))
                        .getResult()
                        .getListenKey())
                .isEqualTo(key);
        heard(socket.closeUserDataStream(new CloseUserDataStreamRequest()));
        assertThat(refused(() -> api.keepaliveUserDataStream())).isEqualTo(-1125);
    }

    @Test
    void pricesAreThoseOfRest() throws Exception {
        var socket = orders();
        socket.symbolPriceTicker(new SymbolPriceTickerRequest().symbol("BTCUSDT"))
                .get(8, TimeUnit.SECONDS);
        assertThat(decimal(last().getAsJsonObject("result").get("price").getAsString()))
                .isEqualByComparingTo("50000");
        socket.symbolOrderBookTicker(new SymbolOrderBookTickerRequest().symbol("BTCUSDT"))
                .get(8, TimeUnit.SECONDS);
        assertThat(decimal(last().getAsJsonObject("result").get("askPrice").getAsString()))
                .isEqualByComparingTo("50000.1");
        heard(socket.orderBook(new OrderBookRequest().symbol("BTCUSDT").limit(5L)));
        var bid = last().getAsJsonObject("result").getAsJsonArray("bids").get(0).getAsJsonArray();
        assertThat(decimal(bid.get(0).getAsString())).isEqualByComparingTo("50000");
    }

    @Test
    void ed25519KeyOpensASession() throws Exception {
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var publicKey = pem("PUBLIC", keys.getPublic().getEncoded());
        simulator.control(
                "/sim/key", "{\"apiKey\":\"edkey\",\"publicKey\":\"" + publicKey.replace("\n", "\\n") + "\"}");
        var signature = new SignatureConfiguration();
        signature.setApiKey("edkey");
        signature.setPrivateKey(pem("PRIVATE", keys.getPrivate().getEncoded()));
        var connection = connect(signature);
        connection.connect();
        connection.logOn();
        awaitReplies(1);
        assertThat(last().getAsJsonObject("result").get("apiKey").getAsString()).isEqualTo("edkey");
        connection.ask("session.status");
        awaitReplies(2);
        assertThat(last().getAsJsonObject("result").get("authorizedSince").getAsLong())
                .isPositive();
        connection.ask("session.logout");
        awaitReplies(3);
        assertThat(last().getAsJsonObject("result").get("apiKey").isJsonNull()).isTrue();
    }

    private void awaitReplies(int number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> recorder.calls().size() == number);
    }

    private static String pem(String kind, byte[] key) {
        return "-----BEGIN " + kind + " KEY-----\n" + Base64.getEncoder().encodeToString(key) + "\n-----END " + kind
                + " KEY-----";
    }
}
