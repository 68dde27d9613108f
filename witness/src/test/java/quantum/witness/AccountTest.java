package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeInitialLeverageRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeMarginTypeRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.MarginType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ModifyIsolatedPositionMarginRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewOrderRespType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.PositionSide;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Side;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Balances, positions and choices of the account (binance-usdm 7). */
class AccountTest extends Stranger {

    private void hold() {
        said(api.newOrder(OrdersTest.market(Side.BUY, 0.010).newOrderRespType(NewOrderRespType.RESULT)));
    }

    @Test
    void balanceIsWhatTheFeeLeft() {
        hold();
        var balance = said(api.futuresAccountBalanceV3(5_000L)).getFirst();
        assertThat(balance.getAsset()).isEqualTo("USDT");
        assertThat(decimal(balance.getBalance())).isEqualByComparingTo("9999.7999996");
        assertThat(decimal(balance.getAvailableBalance())).isBetween(new BigDecimal(9_900), new BigDecimal(9_999));
    }

    @Test
    void accountAddsUpItsPosition() {
        hold();
        var account = said(api.accountInformationV3(5_000L));
        assertThat(decimal(account.getTotalWalletBalance())).isEqualByComparingTo("9999.7999996");
        assertThat(decimal(account.getTotalUnrealizedProfit())).isEqualByComparingTo("-0.001");
        assertThat(account.getAssets()).hasSize(1);
        assertThat(account.getPositions()).hasSize(1);
        var position = account.getPositions().getFirst();
        assertThat(position.getSymbol()).isEqualTo("BTCUSDT");
        assertThat(decimal(position.getPositionAmt())).isEqualByComparingTo("0.010");
        assertThat(decimal(position.getNotional())).isEqualByComparingTo("500");
        assertThat(decimal(account.getTotalInitialMargin())).isEqualByComparingTo(decimal(position.getInitialMargin()));
    }

    @Test
    void positionTellsEntryAndMark() {
        hold();
        simulator.price("BTCUSDT", "51000");
        var position = said(api.positionInformationV3("BTCUSDT", 5_000L)).getFirst();
        assertThat(decimal(position.getPositionAmt())).isEqualByComparingTo("0.010");
        assertThat(decimal(position.getEntryPrice())).isEqualByComparingTo("50000.1");
        assertThat(decimal(position.getMarkPrice())).isEqualByComparingTo("51000");
        assertThat(decimal(position.getUnRealizedProfit())).isEqualByComparingTo("9.999");
        assertThat(position.getMarginAsset()).isEqualTo("USDT");
        assertThat(decimal(position.getBreakEvenPrice())).isGreaterThan(decimal(position.getEntryPrice()));
        assertThat(said(api.positionInformationV3(null, null))).hasSize(1);
    }

    @Test
    void configurationAnswersOneWayMode() {
        var configuration = said(api.futuresAccountConfiguration(5_000L));
        assertThat(configuration.getCanTrade()).isTrue();
        assertThat(configuration.getDualSidePosition()).isFalse();
        assertThat(configuration.getMultiAssetsMargin()).isFalse();
        assertThat(said(api.getCurrentPositionMode(5_000L)).getDualSidePosition())
                .isFalse();
    }

    @Test
    void leverageAndMarginTypeAreReadBack() {
        var chosen = said(api.changeInitialLeverage(new ChangeInitialLeverageRequest()
                .symbol("ETHUSDT")
                .leverage(7L)
                .recvWindow(5_000L)));
        assertThat(chosen.getLeverage()).isEqualTo(7L);
        assertThat(chosen.getSymbol()).isEqualTo("ETHUSDT");
        var isolated = new ChangeMarginTypeRequest().symbol("ETHUSDT").marginType(MarginType.ISOLATED);
        assertThat(said(api.changeMarginType(isolated.recvWindow(5_000L))).getMsg())
                .isEqualTo("success");
        assertThat(refused(() -> api.changeMarginType(isolated))).isEqualTo(-4046);
        var configuration = said(api.symbolConfiguration("ETHUSDT", 5_000L)).getFirst();
        assertThat(configuration.getLeverage()).isEqualTo(7L);
        assertThat(configuration.getMarginType()).isEqualTo("ISOLATED");
        assertThat(configuration.getMaxNotionalValue()).isEqualTo(chosen.getMaxNotionalValue());
        assertThat(said(api.symbolConfiguration(null, null))).hasSizeGreaterThan(5);
        assertThat(refused(() -> api.changeInitialLeverage(
                        new ChangeInitialLeverageRequest().symbol("ETHUSDT").leverage(126L))))
                .isEqualTo(-4028);
    }

    @Test
    void marginOfAnIsolatedPositionIsMovedAndListed() {
        said(api.changeMarginType(
                new ChangeMarginTypeRequest().symbol("BTCUSDT").marginType(MarginType.ISOLATED)));
        hold();
        var moved = said(api.modifyIsolatedPositionMargin(new ModifyIsolatedPositionMarginRequest()
                .symbol("BTCUSDT")
                .positionSide(PositionSide.BOTH)
                .amount(25.0)
                .type("1")
                .recvWindow(5_000L)));
        assertThat(moved.getType()).isEqualTo(1L);
        assertThat(moved.getAmount()).isEqualTo(25.0);
        var listed = said(api.getPositionMarginChangeHistory(
                "BTCUSDT", "1", 0L, System.currentTimeMillis() + 60_000, 10L, 5_000L));
        assertThat(listed).singleElement().satisfies(move -> {
            assertThat(decimal(move.getAmount())).isEqualByComparingTo("25");
            assertThat(move.getAsset()).isEqualTo("USDT");
            assertThat(move.getPositionSide()).isEqualTo("BOTH");
        });
        assertThat(said(api.getPositionMarginChangeHistory("BTCUSDT", "2", null, null, null, null)))
                .isEmpty();
    }

    @Test
    void bracketsFallWithTheNotional() {
        api.notionalAndLeverageBrackets("BTCUSDT", 5_000L);
        var brackets = recorder.last().json().getAsJsonObject().getAsJsonArray("brackets");
        assertThat(brackets.get(0).getAsJsonObject().get("initialLeverage").getAsInt())
                .isEqualTo(125);
        assertThat(brackets.get(1).getAsJsonObject().get("notionalFloor").getAsBigDecimal())
                .isEqualTo(brackets.get(0).getAsJsonObject().get("notionalCap").getAsBigDecimal());
        var all = said(api.notionalAndLeverageBrackets(null, null));
        assertThat(all.getNotionalAndLeverageBracketsResponse1())
                .extracting(one -> one.getSymbol())
                .contains("BTCUSDT", "ETHUSDT");
    }

    @Test
    void commissionRatesAreTheAccountsOwn() {
        var rates = said(api.userCommissionRate("BTCUSDT", 5_000L));
        assertThat(rates.getSymbol()).isEqualTo("BTCUSDT");
        assertThat(decimal(rates.getMakerCommissionRate())).isEqualByComparingTo("0.0002");
        assertThat(decimal(rates.getTakerCommissionRate())).isEqualByComparingTo("0.0004");
    }

    @Test
    void listenKeyIsOneForTheAccount() {
        var key = said(api.startUserDataStream()).getListenKey();
        assertThat(said(api.startUserDataStream()).getListenKey()).isEqualTo(key);
        assertThat(said(api.keepaliveUserDataStream()).getListenKey()).isEqualTo(key);
        api.closeUserDataStream();
        assertThat(recorder.last().body()).isEqualTo("{}");
        assertThat(refused(() -> api.keepaliveUserDataStream())).isEqualTo(-1125);
    }
}
