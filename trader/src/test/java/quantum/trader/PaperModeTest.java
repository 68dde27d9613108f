package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.guard.Limits;
import quantum.rules.Rules;
import quantum.trader.venue.PublicAddresses;
import quantum.trader.venue.Venue;
import tools.jackson.databind.JsonNode;

/**
 * Paper trading, with a second simulator standing for the real exchange. Its prices are moved by less than what makes a mark
 * doubtful, because the watch and the book may hear of them a moment apart.
 */
class PaperModeTest {

    @TempDir
    Path data;

    @Test
    void fillsAtTheRealBookAndSaysSoInEveryReport() {
        try (Floor floor = Floor.paper(data, Floor.quickRules())) {
            floor.exchange().price("BTCUSDT", "94321.5");
            seesMark(floor, "94321.5");
            floor.open("p1", "BTCUSDT", "BUY", "500");

            JsonNode report = floor.ending("p1");
            assertThat(Exchange.text(report, "status")).isEqualTo("filled");
            assertThat(Exchange.text(report, "mode")).isEqualTo("paper");
            assertThat(Exchange.decimal(report, "entry_price"))
                    .isBetween(new BigDecimal("94321.5"), new BigDecimal("94321.6"));
            assertThat(floor.get("/health")).contains("\"mode\":\"paper\"");
            realExchangeHeardNoOrder(floor);
        }
    }

    @Test
    void m18_theSelfTestNamesTheRealExchangeWhosePricesItFollows() {
        try (Floor floor = Floor.paper(data, Floor.quickRules())) {
            assertThat(floor.lines("Startup self-test PASSED"))
                    .singleElement()
                    .asString()
                    .contains("endpoint=" + floor.exchange().url(), "orders=\"simulated inside\"");
        }
    }

    private static String contract(String symbol, String type, String quote, String more) {
        return """
                {"symbol":"%s","pair":"%s","contractType":"%s","status":"TRADING","baseAsset":"X","quoteAsset":"%s",
                "marginAsset":"%s","pricePrecision":2,"quantityPrecision":3,%s"filters":[
                {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000","tickSize":"0.01"},
                {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
                {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
                {"filterType":"MIN_NOTIONAL","notional":"5"}]}""".formatted(symbol, symbol, type, quote, quote, more);
    }

    @Test
    void iF13_paperListsTheContractsThatLiveListsWhateverTheyAreQuotedIn() throws IOException {
        Path listed = Files.writeString(
                data.resolve("listed.json"),
                "{\"symbols\":["
                        + String.join(
                                ",",
                                contract("BTCUSDT", "PERPETUAL", "USDT", "\"triggerProtect\":\"0.05\","),
                                contract("TSLAUSDT", "TRADIFI_PERPETUAL", "USDT", ""),
                                contract("BTCUSDC", "PERPETUAL", "USDC", ""),
                                contract("ETHBTC", "PERPETUAL", "BTC", ""))
                        + "]}");
        try (Floor floor = Floor.paper(
                data.resolve("data"), Floor.quickRules(), Floor.options().withFilters(listed))) {
            assertThat(floor.lines("symbols available"))
                    .singleElement()
                    .asString()
                    .contains("4");
            floor.open("stock", "TSLAUSDT", "BUY", "500");
            assertThat(Exchange.text(floor.ending("stock"), "status")).isEqualTo("filled");
            floor.open("coin", "ETHBTC", "BUY", "500");
            assertThat(Exchange.text(floor.ending("coin"), "reason")).isEqualTo("ASSET_UNSUPPORTED");
            floor.open("usdc", "BTCUSDC", "BUY", "500");
            assertThat(Exchange.text(floor.ending("usdc"), "reason")).isEqualTo("ASSET_NOT_HELD");
            realExchangeHeardNoOrder(floor);
        }
    }

    @Test
    void aRealPriceThroughTheStopClosesThePaperPosition() {
        try (Floor floor = Floor.paper(data, Floor.quickRules())) {
            floor.exchange().price("BTCUSDT", "94000");
            seesMark(floor, "94000");
            floor.open("p1", "BTCUSDT", "BUY", "500", "stop_loss_pct", "1", "take_profit_pct", "2");
            floor.ending("p1");
            floor.exchange().price("BTCUSDT", "92950");

            JsonNode closed = floor.closed("BTCUSDT");
            assertThat(Exchange.text(closed, "reason")).isEqualTo("sl");
            assertThat(Exchange.text(closed, "mode")).isEqualTo("paper");
            realExchangeHeardNoOrder(floor);
        }
    }

    /** Law 7: no silent fallback to an invented price. */
    @Test
    void aSilentSourceOpensNothing() {
        try (Floor floor = Floor.paper(data, paperRules())) {
            floor.exchange().price("BTCUSDT", "94000");
            seesMark(floor, "94000");
            floor.exchange().close();

            int[] attempt = {0};
            await().atMost(Floor.PATIENCE).until(() -> {
                String id = "late" + attempt[0]++;
                floor.open(id, "SOLUSDT", "BUY", "50");
                return "PRICE_STALE".equals(Exchange.text(floor.ending(id), "reason"));
            });
        }
    }

    @Test
    void withoutTheRealExchangeItDoesNotStart() {
        Setup setup = new Setup(
                "paper",
                data,
                new Setup.Store(null, 0, false, "quantum", "execution-1", 1000),
                new Setup.Exchange.Paper(
                        Venue.BINANCE,
                        new PublicAddresses(
                                "http://127.0.0.1:9", "ws://127.0.0.1:9/public", "ws://127.0.0.1:9/market")),
                new Setup.Page("127.0.0.1", 0),
                Floor.quickRules());
        assertThatThrownBy(() -> Trader.start(setup))
                .isInstanceOf(ExchangeUnusable.class)
                .hasMessageContaining("127.0.0.1:9")
                .hasMessageContaining("endpoints.*");
    }

    private static Rules paperRules() {
        Limits quick = Floor.unlimitedRates();
        return Floor.withLimits(
                new Limits(quick.rates(), quick.margin(), quick.exposure(), quick.openMaxAge(), Duration.ofSeconds(3)));
    }

    private static void seesMark(Floor floor, String price) {
        await().atMost(Floor.PATIENCE).until(() -> paperIndex(floor).contains("\"markPrice\":\"" + price));
    }

    private static String paperIndex(Floor floor) {
        URI uri = URI.create(floor.trader().exchange().rest() + "/fapi/v1/premiumIndex?symbol=BTCUSDT");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Nothing but public questions, and none that is signed. */
    private static void realExchangeHeardNoOrder(Floor floor) {
        List<String> heard = new ArrayList<>();
        for (JsonNode request : floor.exchange().requestsAfter(0)) {
            heard.add(Exchange.text(request, "method") + " " + Exchange.text(request, "path"));
        }
        assertThat(heard)
                .contains("GET /fapi/v1/exchangeInfo")
                .isSubsetOf(
                        "GET /fapi/v2/ticker/price",
                        "GET /fapi/v1/exchangeInfo",
                        "WS /market/ws/!markPrice@arr@1s",
                        "WS /public/ws/!bookTicker");
    }
}
