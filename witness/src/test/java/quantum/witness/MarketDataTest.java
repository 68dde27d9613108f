package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Interval;
import com.google.gson.JsonElement;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The public endpoints (binance-usdm 6). */
class MarketDataTest extends Stranger {

    @Test
    void answersAPing() {
        api.testConnectivity();
        assertThat(recorder.last().body()).isEqualTo("{}");
    }

    @Test
    void tellsItsTime() {
        long before = System.currentTimeMillis();
        var time = said(api.checkServerTime()).getServerTime();
        assertThat(time).isBetween(before - 1_000, System.currentTimeMillis() + 1_000);
    }

    @Test
    void tellsTheRulesOfASymbol() {
        var rules = said(api.exchangeInformation());
        assertThat(rules.getTimezone()).isEqualTo("UTC");
        assertThat(rules.getRateLimits())
                .extracting(limit -> limit.getRateLimitType() + " " + limit.getIntervalNum() + " " + limit.getInterval()
                        + " " + limit.getLimit())
                .containsExactlyInAnyOrder(
                        "REQUEST_WEIGHT 1 MINUTE 2400", "ORDERS 1 MINUTE 1200", "ORDERS 10 SECOND 300");
        var symbol = rules.getSymbols().stream()
                .filter(one -> one.getSymbol().equals("BTCUSDT"))
                .findFirst()
                .orElseThrow();
        assertThat(symbol.getStatus()).isEqualTo("TRADING");
        assertThat(symbol.getContractType()).isEqualTo("PERPETUAL");
        assertThat(symbol.getMarginAsset()).isEqualTo("USDT");
        assertThat(symbol.getFilters())
                .extracting(filter -> filter.getFilterType())
                .contains(
                        "PRICE_FILTER",
                        "LOT_SIZE",
                        "MARKET_LOT_SIZE",
                        "MIN_NOTIONAL",
                        "PERCENT_PRICE",
                        "MAX_NUM_ORDERS");
    }

    @Test
    void tellsTheMarkOfOneSymbolAndOfAll() {
        var one = Objects.requireNonNull(said(api.markPrice("BTCUSDT")).getMarkPriceResponse1());
        assertThat(one.getSymbol()).isEqualTo("BTCUSDT");
        assertThat(decimal(one.getMarkPrice())).isEqualByComparingTo("50000.0");
        assertThat(one.getNextFundingTime()).isGreaterThan(one.getTime());
        var all = said(api.markPrice(null)).getMarkPriceResponse2();
        assertThat(all).hasSizeGreaterThan(5).anySatisfy(mark -> {
            assertThat(mark.getSymbol()).isEqualTo("BTCUSDT");
            assertThat(decimal(mark.getMarkPrice())).isEqualByComparingTo("50000.0");
        });
    }

    @Test
    void tellsTheBestBidAndAsk() {
        var one = said(api.symbolOrderBookTicker("BTCUSDT")).getSymbolOrderBookTickerResponse1();
        assertThat(decimal(one.getBidPrice())).isEqualByComparingTo("50000.0");
        assertThat(decimal(one.getAskPrice())).isEqualByComparingTo("50000.1");
        assertThat(decimal(one.getAskQty())).isPositive();
        assertThat(said(api.symbolOrderBookTicker(null)).getSymbolOrderBookTickerResponse2())
                .extracting(ticker -> ticker.getSymbol())
                .contains("BTCUSDT", "ETHUSDT");
    }

    @Test
    void tellsTheLastPrice() {
        var one = said(api.symbolPriceTickerV2("BTCUSDT")).getSymbolPriceTickerV2Response1();
        assertThat(decimal(one.getPrice())).isEqualByComparingTo("50000.0");
        assertThat(said(api.symbolPriceTickerV2(null)).getSymbolPriceTickerV2Response2())
                .extracting(ticker -> ticker.getSymbol())
                .contains("BTCUSDT", "ETHUSDT");
    }

    /** Clients of many years still ask here. */
    @Test
    @SuppressWarnings("deprecation")
    void tellsTheLastPriceByItsOlderPath() {
        var one = said(api.symbolPriceTicker("BTCUSDT")).getSymbolPriceTickerResponse1();
        assertThat(decimal(one.getPrice())).isEqualByComparingTo("50000.0");
        assertThat(said(api.symbolPriceTicker(null)).getSymbolPriceTickerResponse2())
                .extracting(ticker -> ticker.getSymbol())
                .contains("BTCUSDT", "ETHUSDT");
    }

    @Test
    void tellsTheLastDay() {
        var day = said(api.ticker24hrPriceChangeStatistics("BTCUSDT")).getTicker24hrPriceChangeStatisticsResponse1();
        assertThat(decimal(day.getLastPrice())).isEqualByComparingTo("50000.0");
        assertThat(decimal(day.getHighPrice())).isGreaterThanOrEqualTo(decimal(day.getLowPrice()));
        assertThat(day.getCloseTime()).isGreaterThan(day.getOpenTime());
        assertThat(said(api.ticker24hrPriceChangeStatistics(null)).getTicker24hrPriceChangeStatisticsResponse2())
                .extracting(each -> each.getSymbol())
                .contains("BTCUSDT", "ETHUSDT");
    }

    @Test
    void tellsCandles() {
        api.klineCandlestickData("BTCUSDT", Interval.INTERVAL_1m, 0L, System.currentTimeMillis() + 60_000, 1L);
        var rows = recorder.last().json().getAsJsonArray();
        assertThat(rows).hasSize(1);
        JsonElement row = rows.get(0);
        assertThat(row.getAsJsonArray()).hasSize(12);
        assertThat(decimal(row.getAsJsonArray().get(4).getAsString())).isEqualByComparingTo("50000.0");
        assertThat(row.getAsJsonArray().get(6).getAsLong()
                        - row.getAsJsonArray().get(0).getAsLong())
                .isEqualTo(59_999);
    }

    @Test
    void tellsTheBook() {
        api.orderBook("BTCUSDT", 5L);
        var book = recorder.last().json().getAsJsonObject();
        var ask = book.getAsJsonArray("asks").get(0).getAsJsonArray();
        assertThat(decimal(ask.get(0).getAsString())).isEqualByComparingTo("50000.1");
    }

    @Test
    void tellsOlderTrades() {
        var trade = said(api.oldTradesLookup("BTCUSDT", 1L, 0L)).getFirst();
        assertThat(decimal(trade.getPrice())).isEqualByComparingTo("50000");
        assertThat(trade.getTime()).isPositive();
    }

    @Test
    void refusesAnUnknownSymbol() {
        assertThat(refused(() -> api.markPrice("NOSUCH"))).isEqualTo(-1121);
    }
}
