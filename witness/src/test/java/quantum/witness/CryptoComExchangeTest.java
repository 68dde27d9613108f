package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The package {@code cryptocom-exchange} of PyPI. */
class CryptoComExchangeTest extends CryptoComStranger {

    private static final String VERSION = "2.8.0";
    private static final Map<String, String> PAIR = Map.of("pair", "BTC_USD");

    private static ClientProcess client;

    @BeforeAll
    static void fetch() {
        var pypi = Packages.pypi("cryptocom-exchange", VERSION);
        assumeTrue(pypi.stands(), "SKIPPED: no cryptocom-exchange: " + pypi.refusal());
        client = new ClientProcess(
                List.of("python3", SCRIPTS.resolve("cryptocom_exchange.py").toString()),
                Map.of("PYTHONPATH", pypi.folder().toString()),
                pypi.folder().resolve("client.log"));
        client.call("account.sync_pairs");
    }

    @AfterAll
    static void end() {
        if (client != null) client.close();
    }

    private static String limit(double quantity, double price, String clientId) {
        return text(client.call("account.buy_limit", PAIR, quantity, price, null, null, clientId), "id");
    }

    private static JsonElement seen(String id) {
        return client.call("account.get_order", id);
    }

    @Test
    void pairsAndBalancesAreThoseOfTheSimulator() {
        assertThat(client.call("market.get_pairs").getAsJsonArray()).hasSize(14);
        client.call("account.buy_market", PAIR, 500);
        var balance = client.call("account.get_balance");
        for (var coin : List.of("BTC", "USD", "USDT")) {
            assertThat(number(object(balance, coin), "total")).as(coin).isEqualByComparingTo(coin(coin));
        }
        limit(0.01, 49_000, "hold");
        var held = object(client.call("account.get_balance"), "USD");
        assertThat(number(held, "total").subtract(number(held, "max_withdrawal_balance")))
                .isBetween(new BigDecimal(490), new BigDecimal(493));
        assertThat(number(held, "reserved")).isEqualByComparingTo("0");
    }

    @Test
    void tickerAndBookStandWhereThePriceWasSet() {
        var ticker = client.call("market.get_ticker", PAIR);
        assertThat(number(ticker, "trade_price")).isEqualByComparingTo(market("last"));
        assertThat(number(ticker, "buy_price")).isEqualByComparingTo(market("bid"));
        assertThat(number(ticker, "sell_price")).isEqualByComparingTo(market("ask"));
        var book = client.call("market.get_orderbook", PAIR).getAsJsonObject();
        assertThat(number(rows(book.get("buys")).getFirst(), "price")).isEqualByComparingTo(market("bid"));
        assertThat(number(rows(book.get("sells")).getFirst(), "price")).isEqualByComparingTo(market("ask"));
    }

    @Test
    void newestCandleHasSeenEveryPrice() {
        price("51000");
        price("49500");
        var candles = client.call("market.get_candles", PAIR, Map.of("enum", "Timeframe.HOUR"));
        var newest = client.call("next", candles);
        assertThat(number(newest, "high")).isGreaterThanOrEqualTo(new BigDecimal(51_000));
        assertThat(number(newest, "low")).isLessThanOrEqualTo(new BigDecimal(49_500));
        assertThat(number(newest, "close")).isEqualByComparingTo("49500");
    }

    /** The client buys by notional alone, and pays in the quote coin. */
    @Test
    void marketBuySpendsAnAmountAndMarketSaleAQuantity() {
        var bought = text(client.call("account.buy_market", PAIR, 100), "id");
        assertThat(bought).isEqualTo(text(order(), "orderId"));
        assertThat(number(seen(bought), "filled_quantity"))
                .isEqualByComparingTo(number(order(), "executed"))
                .isEqualByComparingTo("0.00199");
        assertThat(text(seen(bought), "status")).isEqualTo("CANCELED").isEqualTo(text(order(), "status"));
        assertThat(coin("BTC")).as("the fee was taken in dollars").isEqualByComparingTo("0.00199");
        var sold = text(client.call("account.sell_market", PAIR, 0.001), "id");
        var order = books("orders").getLast();
        assertThat(sold).isEqualTo(text(order, "orderId"));
        assertThat(text(seen(sold), "status")).isEqualTo("FILLED").isEqualTo(text(order, "status"));
        assertThat(number(seen(sold), "filled_price")).isEqualByComparingTo(market("bid"));
        assertThat(coin("BTC")).isEqualByComparingTo("0.00099");
    }

    @Test
    void limitOrderIsPlacedAmendedAndCancelled() {
        var id = limit(0.01, 49_000, "old");
        var open = rows(client.call("account.get_open_orders", PAIR)).getFirst();
        assertThat(text(open, "id")).isEqualTo(id).isEqualTo(text(order(), "orderId"));
        assertThat(text(open, "client_id")).isEqualTo("old").isEqualTo(text(order(), "clientId"));
        var amended = client.call("account.update_order", PAIR, null, "old", 48_900, 0.02, "new");
        assertThat(text(amended, "id")).isEqualTo(id);
        assertThat(text(order(), "clientId")).isEqualTo("new");
        assertThat(number(order(), "price")).isEqualByComparingTo("48900");
        assertThat(number(seen(id), "quantity")).isEqualByComparingTo(number(order(), "quantity"));
        assertThat(client.call("account.cancel_order_and_wait", PAIR, "new").getAsBoolean())
                .isTrue();
        assertThat(text(order(), "status")).isEqualTo("CANCELED");
        assertThat(client.call("account.get_open_orders", PAIR).getAsJsonArray())
                .isEmpty();
    }

    @Test
    void tradesAndHistoryAreThoseOfTheBooks() {
        client.call("account.buy_market", PAIR, 500);
        client.call("account.sell_market", PAIR, 0.002);
        limit(0.001, 50_000.01, "taker");
        limit(0.001, 49_000, "rests");
        client.call("account.cancel_open_orders", PAIR);
        var trades = rows(client.call("account.get_trades", PAIR));
        var booked = books("trades").reversed();
        assertThat(texts(trades, "id")).hasSize(3).isEqualTo(texts(booked, "tradeId"));
        for (int i = 0; i < booked.size(); i++) {
            assertThat(text(trades.get(i), "order_id")).isEqualTo(text(booked.get(i), "orderId"));
            assertThat(number(trades.get(i), "price")).isEqualByComparingTo(number(booked.get(i), "price"));
            assertThat(number(trades.get(i), "quantity")).isEqualByComparingTo(number(booked.get(i), "quantity"));
            assertThat(number(trades.get(i), "fees"))
                    .isEqualByComparingTo(number(booked.get(i), "fee").negate());
            assertThat(text(trades.get(i), "fees_instrument"))
                    .isEqualTo("USD")
                    .isEqualTo(text(booked.get(i), "feeCoin"));
        }
        var history = rows(client.call("account.get_orders_history", PAIR));
        assertThat(texts(history, "id"))
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(texts(books("orders"), "orderId"));
    }

    @Test
    void feesAreThoseOfTheAccountAndOfAPairSetApart() {
        simulator.control("/sim/spot", "{\"fees\":{\"maker\":\"0.0012\",\"taker\":\"0.0034\"}}");
        simulator.control("/sim/spot", "{\"pair\":\"CRO_USD\",\"fees\":{\"maker\":\"0\",\"taker\":\"0.0004\"}}");
        var account = client.call("account.get_fee_rate");
        assertThat(number(account, "spot_maker_bps")).isEqualByComparingTo("12");
        assertThat(number(account, "spot_taker_bps")).isEqualByComparingTo("34");
        assertThat(number(client.call("account.get_instrument_fee_rate", PAIR), "taker_bps"))
                .isEqualByComparingTo("34");
        var promoted = client.call("account.get_instrument_fee_rate", "CRO_USD");
        assertThat(number(promoted, "maker_bps")).isEqualByComparingTo("0");
        assertThat(number(promoted, "taker_bps")).isEqualByComparingTo("4");
    }

    @Test
    void ordersAreHeardAsTheyChange() {
        var id = limit(0.01, 49_000, "old");
        var orders = client.call("account.listen_orders", PAIR);
        assertThat(text(client.call("next", orders), "status"))
                .as("what rests when one begins to listen")
                .isEqualTo("ACTIVE");
        client.call("account.update_order", PAIR, null, "old", 48_900, 0.02, "new");
        var amended = client.call("next", orders);
        assertThat(text(amended, "client_id")).isEqualTo("new");
        assertThat(number(amended, "limit_price")).isEqualByComparingTo(number(order(), "price"));
        price("48000");
        var filled = client.call("next", orders);
        assertThat(text(filled, "id")).isEqualTo(id);
        assertThat(text(filled, "status")).isEqualTo("FILLED").isEqualTo(text(order(), "status"));
        assertThat(number(filled, "filled_quantity")).isEqualByComparingTo(number(order(), "executed"));
    }

    /** It sends again, up to six times, what is refused with a status of 500. */
    @Test
    void refusalsAreReadAndLeaveNothingInTheBooks() {
        var poor = client.refused("account.buy_limit", PAIR, 5, 49_000, null, null, "poor");
        assertThat(poor.kind()).isEqualTo("NotEnoughBalanceError");
        assertThat(calls("private/create-order")).isEqualTo(6);
        var stop = client.refused(
                "account.create_order",
                PAIR,
                Map.of("enum", "OrderSide.SELL"),
                Map.of("enum", "OrderType.STOP_LOSS"),
                0.01,
                48_000);
        assertThat(stop).hasMessageContaining("API_DISABLED");
        assertThat(calls("private/create-order")).isEqualTo(7);
        assertThat(client.call("account.get_order", "1").isJsonNull()).isTrue();
        assertThat(books("orders")).isEmpty();
    }
}
