package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Checklist: funding ACCOUNT_UPDATE; income and look-up windows (binance-usdm 5.3, 7). */
class IncomeTest extends ExchangeContract {

    private static final long HOUR = 3_600_000;

    private void fund(String rate) {
        var answer = control("/sim/funding", "{\"symbol\":\"BTCUSDT\",\"rate\":\"%s\"}".formatted(rate));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void fundingOfACrossPositionListsTheBalanceAlone() {
        fill(BUY);
        var frames = userStream("");
        fund("0.0001");
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 1);
        var update = frames.of("ACCOUNT_UPDATE").getFirst().path("a");
        assertThat(update.path("m").asString()).isEqualTo("FUNDING_FEE");
        assertThat(update.path("S").asString()).isEqualTo("BTCUSDT");
        assertThat(update.has("P")).as("only B").isFalse();
        assertThat(update.path("B").get(0).path("bc").asString()).isEqualTo("-0.05000000");
        var paid = read("/fapi/v1/income", "incomeType=FUNDING_FEE").get(0);
        assertThat(paid.path("income").asString()).isEqualTo("-0.05000000");
        assertThat(paid.path("tranId").isIntegralNumber()).isTrue();
    }

    @Test
    void fundingOfAnIsolatedShortGoesIntoItsWallet() {
        signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");
        fill(SELL);
        var before = decimal(read(RISK, "").get(0), "isolatedWallet");
        var frames = userStream("");
        fund("0.0001");
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 1);
        var position =
                frames.of("ACCOUNT_UPDATE").getFirst().path("a").path("P").get(0);
        assertThat(position.path("mt").asString()).isEqualTo("isolated");
        assertThat(decimal(read(RISK, "").get(0), "isolatedWallet").subtract(before))
                .isEqualByComparingTo("0.05");
    }

    @Test
    void incomeNamesNoPositionAndTheBooksDo() {
        signed("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=true");
        fill(BUY + "&positionSide=LONG");
        fill(SELL + "&positionSide=SHORT");
        fund("0.0001");
        var paid = read("/fapi/v1/income", "incomeType=FUNDING_FEE");
        assertThat(paid.size()).isEqualTo(2);
        assertThat(paid.get(0).has("positionSide")).isFalse();
        var booked = new ArrayList<String>();
        for (var row : open("/sim/ledger", "").json().path("transfers"))
            booked.add(
                    row.path("positionSide").asString("") + row.path("amount").asString());
        assertThat(booked).containsExactlyInAnyOrder("LONG-0.05000000", "SHORT0.05000000");
    }

    @Test
    void incomeMayBeListedLate() {
        settings("{\"incomeDelayMillis\":600000}");
        fill(BUY);
        fund("0.0001");
        assertThat(read("/fapi/v1/income", "").size()).isZero();
        settings("{\"incomeDelayMillis\":0}");
        assertThat(read("/fapi/v1/income", "incomeType=FUNDING_FEE").size()).isEqualTo(1);
    }

    @Test
    void fundingComesByItselfAtEachInterval() {
        fill(BUY);
        var frames = userStream("");
        settings("{\"fundingIntervalSeconds\":2}");
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 2);
        var premium = exchange.send("GET", "/fapi/v1/premiumIndex", "symbol=BTCUSDT", "", null)
                .json();
        assertThat(premium.path("nextFundingTime").longValue())
                .isBetween(exchange.millis() - 100, exchange.millis() + 2_000);
    }

    @Test
    void incomeTellsEveryChangeOfMoneyOnce() {
        control("/sim/account", "{\"balance\":\"12000\"}");
        fill(BUY);
        move("BTCUSDT", "51000");
        fill(SELL);
        var kinds = new ArrayList<String>();
        for (var row : read("/fapi/v1/income", ""))
            kinds.add(row.path("incomeType").asString());
        assertThat(kinds).containsExactlyInAnyOrder("TRANSFER", "COMMISSION", "COMMISSION", "REALIZED_PNL");
        JsonNode profit = read("/fapi/v1/income", "incomeType=REALIZED_PNL&symbol=BTCUSDT")
                .get(0);
        assertThat(decimal(profit, "income")).isEqualByComparingTo("9.999");
        assertThat(profit.path("tradeId").asString())
                .isEqualTo(read("/fapi/v1/userTrades", "symbol=BTCUSDT")
                        .get(1)
                        .path("id")
                        .asString());
        assertThat(read("/fapi/v1/income", "limit=1").size()).isEqualTo(1);
        assertThat(read("/fapi/v1/income", "limit=3&page=2").size()).isEqualTo(1);
        assertThat(signed("GET", "/fapi/v1/income", "incomeType=LUCK").code()).isEqualTo(-1130);
    }

    @ParameterizedTest
    @CsvSource({
        "/fapi/v1/userTrades, symbol=BTCUSDT",
        "/fapi/v1/allOrders, symbol=BTCUSDT",
        "/fapi/v1/allOrders, ''",
        "/fapi/v1/allAlgoOrders, symbol=BTCUSDT",
    })
    void listsLookBackAWeekAtMost(String path, String parameters) {
        long now = exchange.millis();
        var join = parameters.isEmpty() ? "" : "&";
        var eightDays = "startTime=" + (now - 8 * 24 * HOUR) + "&endTime=" + now;
        assertThat(signed("GET", path, parameters + join + eightDays).code()).isEqualTo(-1127);
        var reversed = "startTime=" + now + "&endTime=" + (now - HOUR);
        assertThat(signed("GET", path, parameters + join + reversed).code()).isEqualTo(-1023);
        fill(BUY);
        signed("POST", ALGO, CLOSING_STOP);
        var started = "startTime=" + (now - HOUR);
        assertThat(read(path, parameters + join + started).size()).isEqualTo(1);
        var past = "endTime=" + (now - HOUR);
        assertThat(read(path, parameters + join + past).size()).isZero();
    }

    @Test
    void tradesAreAskedByIdOrByTimeButNotByBoth() {
        fill(BUY);
        fill(SELL);
        var trades = read("/fapi/v1/userTrades", "symbol=BTCUSDT");
        var second = trades.get(1).path("id").asString();
        assertThat(read("/fapi/v1/userTrades", "symbol=BTCUSDT&fromId=" + second)
                        .size())
                .isEqualTo(1);
        var both = "symbol=BTCUSDT&fromId=" + second + "&startTime=" + (exchange.millis() - HOUR);
        assertThat(signed("GET", "/fapi/v1/userTrades", both).code()).isEqualTo(-1128);
        assertThat(List.of(trades.get(0).path("commission").asString().charAt(0)))
                .doesNotContain('-');
        settings("{\"commissionNegative\":true}");
        assertThat(read("/fapi/v1/userTrades", "symbol=BTCUSDT")
                        .get(0)
                        .path("commission")
                        .asString())
                .startsWith("-0.2");
    }
}
