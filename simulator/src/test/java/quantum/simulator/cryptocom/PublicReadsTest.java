package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the public reads: pairs, prices and books. */
class PublicReadsTest extends CryptoComContract {

    private JsonNode instrument(String symbol) {
        return get("get-instruments")
                .data()
                .valueStream()
                .filter(row -> row.path("symbol").asString().equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "BTC_USD, 2, 5, 0.01, 0.00001, true",
        "DOGE_USD, 6, 0, 0.000001, 1, true",
        "SHIB_USD, 9, 0, 0.000000001, 10000, true",
        "CRO_USD, 5, 0, 0.00001, 1, false",
        "BTC_USDT, 2, 5, 0.01, 0.00001, true"
    })
    void pairSaysItsTicksWhichTheDecimalsDoNot(
            String symbol, int quote, int quantity, String price, String step, boolean shortable) {
        var row = instrument(symbol);
        assertThat(row.path("quote_decimals").intValue()).isEqualTo(quote);
        assertThat(row.path("quantity_decimals").intValue()).isEqualTo(quantity);
        assertThat(row.path("price_tick_size").stringValue()).isEqualTo(price);
        assertThat(row.path("qty_tick_size").stringValue()).isEqualTo(step);
        assertThat(row.path("margin_sell_enabled").booleanValue()).isEqualTo(shortable);
        assertThat(row.path("inst_type").asString()).isEqualTo("CCY_PAIR");
        assertThat(row.path("max_leverage").isString()).isTrue();
        assertThat(row.has("min_quantity") || row.has("min_notional")).isFalse();
    }

    @Test
    void pairsComePageByPageBehindACursor() {
        var whole = texts(get("get-instruments").data(), "symbol");
        assertThat(whole).hasSizeGreaterThan(12).doesNotHaveDuplicates();
        assertThat(get("get-instruments").result().has("next_cursor")).isFalse();
        settings("{'spotInstrumentsAPage':5}");
        var found = new ArrayList<String>();
        var page = get("get-instruments");
        while (true) {
            assertThat(page.data().size()).isBetween(1, 5);
            found.addAll(texts(page.data(), "symbol"));
            var cursor = page.text("next_cursor");
            if (cursor.isEmpty()) break;
            page = get("get-instruments?cursor=" + cursor);
        }
        assertThat(found).isEqualTo(whole);
    }

    @Test
    void tickerShowsLastBidAndAsk() {
        var ticker = get("get-tickers?instrument_name=BTC_USD").data();
        assertThat(ticker.size()).isEqualTo(1);
        assertThat(ticker.path(0).path("a").stringValue()).isEqualTo("50000.00");
        assertThat(ticker.path(0).path("b").stringValue()).isEqualTo("50000.00");
        assertThat(ticker.path(0).path("k").stringValue()).isEqualTo("50000.01");
        assertThat(ticker.path(0).path("oi").isNull()).isTrue();
        assertThat(ticker.path(0).path("t").isIntegralNumber()).isTrue();
        assertThat(get("get-tickers").data().size()).isGreaterThan(12);
        assertThat(get("get-tickers?instrument_name=NO_PAIR").code()).isEqualTo(209);
    }

    @Test
    void bookHasRowsOfThreeTexts() {
        control("symbol", "{'symbol':'BTC_USD','depth':{'quantity':'0.5','levels':20,'ticks':10}}");
        var book = get("get-book?instrument_name=BTC_USD&depth=3").data().path(0);
        assertThat(book.path("asks").size()).isEqualTo(3);
        var second = book.path("asks").path(1);
        assertThat(second.valueStream().allMatch(JsonNode::isString)).isTrue();
        assertThat(second.path(0).asString()).isEqualTo("50000.11");
        assertThat(second.path(1).asString()).isEqualTo("0.5");
        assertThat(book.path("bids").path(1).path(0).asString()).isEqualTo("49999.90");
    }

    @Test
    void valuationNeedsItsKindAndKnowsTheMarkAlone() {
        control("price", "{'symbol':'BTC_USD','mark':'50100'}");
        var mark = get("get-valuations?instrument_name=BTC_USD&valuation_type=mark_price");
        assertThat(mark.data().path(0).path("v").stringValue()).isEqualTo("50100");
        assertThat(get("get-valuations?instrument_name=BTC_USD").code()).isEqualTo(40004);
        assertThat(get("get-valuations?instrument_name=BTC_USD&valuation_type=index_price")
                        .code())
                .isEqualTo(40004);
    }

    @Test
    void candlesAndTradesAreThere() {
        price("BTC_USD", "50500");
        price("BTC_USD", "49500");
        var candles =
                get("get-candlestick?instrument_name=BTC_USD&timeframe=1h").data();
        var latest = candles.path(candles.size() - 1);
        assertThat(new BigDecimal(latest.path("l").asString())).isEqualByComparingTo("49500");
        assertThat(new BigDecimal(latest.path("c").asString())).isEqualByComparingTo("49500");
        var trade = get("get-trades?instrument_name=BTC_USD").data().path(0);
        assertThat(trade.path("p").asString()).isEqualTo("49500.00");
        assertThat(trade.path("s").asString()).isEqualTo("buy");
        assertThat(trade.path("tn").isIntegralNumber()).isTrue();
    }

    @Test
    void pairFollowsTheSymbolBesideUntilItIsHeld() {
        control("price", "{'symbol':'BTCUSDT','price':'60000','hold':true}");
        assertThat(get("get-tickers?instrument_name=BTC_USD")
                        .data()
                        .path(0)
                        .path("a")
                        .asString())
                .as("held")
                .isEqualTo("50000.00");
        assertThat(get("get-tickers?instrument_name=BTC_USDT")
                        .data()
                        .path(0)
                        .path("a")
                        .asString())
                .isEqualTo("60000.00");
        control("price", "{'symbol':'BTC_USD','hold':false}");
        control("price", "{'symbol':'BTCUSDT','price':'66000'}");
        assertThat(get("get-tickers?instrument_name=BTC_USD")
                        .data()
                        .path(0)
                        .path("a")
                        .asString())
                .as("a tenth more, from where it stood")
                .isEqualTo("55000.00");
    }

    @Test
    void coinsAndTheirNetworksAreListed() {
        var map = done("private/get-currency-networks", "{}").result().path("currency_map");
        assertThat(map.propertyNames()).contains("BTC", "USD", "USDT", "SHIB");
        assertThat(map.path("BTC").path("network_list").size()).isEqualTo(1);
    }
}
