package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.AutoCloseType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeInitialLeverageRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeMarginTypeRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.MarginType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewOrderRespType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Side;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Income, liquidations, limits and the older forms of account and positions (binance-usdm 7). */
class AccountHistoryTest extends Stranger {

    private void trade(Side side, double quantity) {
        said(api.newOrder(OrdersTest.market(side, quantity).newOrderRespType(NewOrderRespType.RESULT)));
    }

    @Test
    void incomeHasProfitAndFees() {
        long start = System.currentTimeMillis() - 1_000;
        trade(Side.BUY, 0.010);
        simulator.price("BTCUSDT", "51000");
        trade(Side.SELL, 0.010);
        var profit = said(api.getIncomeHistory("BTCUSDT", "REALIZED_PNL", start, start + 60_000, 1L, 10L, 5_000L));
        assertThat(profit).hasSize(1);
        assertThat(decimal(profit.getFirst().getIncome())).isEqualByComparingTo("9.999");
        assertThat(profit.getFirst().getAsset()).isEqualTo("USDT");
        var all = said(api.getIncomeHistory(null, null, null, null, null, null, null));
        assertThat(all)
                .extracting(income -> income.getIncomeType())
                .containsExactlyInAnyOrder("COMMISSION", "COMMISSION", "REALIZED_PNL");
        assertThat(all)
                .filteredOn(income -> income.getIncomeType().equals("COMMISSION"))
                .allSatisfy(fee -> assertThat(decimal(fee.getIncome()).signum()).isNegative());
    }

    @Test
    void liquidationIsListed() {
        said(api.changeMarginType(
                new ChangeMarginTypeRequest().symbol("BTCUSDT").marginType(MarginType.ISOLATED)));
        said(api.changeInitialLeverage(
                new ChangeInitialLeverageRequest().symbol("BTCUSDT").leverage(100L)));
        long start = System.currentTimeMillis() - 1_000;
        trade(Side.BUY, 0.010);
        simulator.price("BTCUSDT", "49000");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        api.positionInformationV3("BTCUSDT", null).getData().isEmpty());
        var forced =
                said(api.usersForceOrders("BTCUSDT", AutoCloseType.LIQUIDATION, start, start + 60_000, 10L, 5_000L));
        assertThat(forced).hasSize(1);
        assertThat(forced.getFirst().getClientOrderId()).startsWith("autoclose-");
        assertThat(forced.getFirst().getSide()).isEqualTo("SELL");
        assertThat(decimal(forced.getFirst().getExecutedQty())).isEqualByComparingTo("0.010");
    }

    @Test
    void queueOfDeleveragingIsTold() {
        trade(Side.BUY, 0.010);
        var quantile =
                said(api.positionAdlQuantileEstimation("BTCUSDT", 5_000L)).getFirst();
        assertThat(quantile.getSymbol()).isEqualTo("BTCUSDT");
    }

    @Test
    void limitsOfTheAccountAreTold() {
        assertThat(said(api.queryUserRateLimit(5_000L)))
                .extracting(limit -> limit.getRateLimitType() + " " + limit.getIntervalNum() + " " + limit.getInterval()
                        + " " + limit.getLimit())
                .containsExactlyInAnyOrder("ORDERS 1 MINUTE 1200", "ORDERS 10 SECOND 300");
    }

    @Test
    void noRuleLocksTheAccount() {
        api.futuresTradingQuantitativeRulesIndicators("BTCUSDT", 5_000L);
        var status = recorder.last().json().getAsJsonObject();
        assertThat(status.get("updateTime").getAsLong()).isPositive();
        assertThat(status.getAsJsonObject("indicators").toString()).doesNotContain("\"isLocked\":true");
    }

    @Test
    void olderBalanceIsTheSame() {
        trade(Side.BUY, 0.010);
        var older = said(api.futuresAccountBalanceV2(5_000L)).getFirst();
        var today = said(api.futuresAccountBalanceV3(null)).getFirst();
        assertThat(older.getAsset()).isEqualTo("USDT");
        assertThat(older.getBalance()).isEqualTo(today.getBalance());
        assertThat(older.getAvailableBalance()).isEqualTo(today.getAvailableBalance());
    }

    @Test
    void olderFormsHaveTheLeverage() {
        trade(Side.BUY, 0.010);
        var position = said(api.positionInformationV2("BTCUSDT", 5_000L)).getFirst();
        assertThat(decimal(position.getPositionAmt())).isEqualByComparingTo("0.010");
        assertThat(position.getMarginType()).isEqualTo("cross");
        assertThat(position.getIsAutoAddMargin()).isEqualTo("false");
        assertThat(decimal(position.getLeverage())).isEqualByComparingTo("20");
        var account = said(api.accountInformationV2(5_000L));
        assertThat(account.getCanTrade()).isTrue();
        assertThat(account.getPositions())
                .filteredOn(one -> one.getSymbol().equals("BTCUSDT"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(decimal(one.getPositionAmt())).isEqualByComparingTo("0.010");
                    assertThat(decimal(one.getLeverage())).isEqualByComparingTo("20");
                    assertThat(one.getIsolated()).isFalse();
                });
    }
}
