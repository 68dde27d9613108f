package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an account reads of its coins, and how late. */
class BalancesTest extends CryptoComContract {

    @Test
    void accountStartsWithTenThousandOfEitherDollar() {
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("10000");
        assertThat(decimal(balance("USDT"), "quantity")).isEqualByComparingTo("10000");
        var row = done(BALANCE, "{}").data().path(0);
        assertThat(row.path("instrument_name").asString()).isEqualTo("USD");
        assertThat(row.path("total_available_balance").asString()).isEqualTo("20000");
        assertThat(row.path("terminatable").isBoolean()).isTrue();
        assertThat(row.path("is_liquidating").isBoolean()).isTrue();
    }

    @Test
    void openBuyHoldsItsMoneyWithoutShowingItAsReserved() {
        done(CREATE, REST.formatted("held"));
        var usd = balance("USD");
        assertThat(usd.path("reserved_qty").asString()).isEqualTo("0");
        assertThat(decimal(usd, "quantity")).isEqualByComparingTo("10000");
        assertThat(decimal(usd, "max_withdrawal_balance")).isEqualByComparingTo("9510");
        assertThat(decimal(usd, "collateral_amount")).isEqualByComparingTo("9510");
        done("private/cancel-order", "{'client_oid':'held'}");
        assertThat(decimal(balance("USD"), "max_withdrawal_balance")).isEqualByComparingTo("10000");
    }

    @Test
    void openSellReservesItsCoinAndASecondOneIsRefused() {
        coins("{'BTC':'0.1'}");
        done(CREATE, TARGET.formatted("first"));
        assertThat(decimal(balance("BTC"), "reserved_qty")).isEqualByComparingTo("0.1");
        assertThat(decimal(balance("BTC"), "max_withdrawal_balance")).isEqualByComparingTo("0");
        assertThat(refusal(CREATE, TARGET.formatted("second"))).isEqualTo("500 306");
    }

    @Test
    void sellOfEverythingThatWasBoughtIsRefusedBecauseOfTheFeeInTheCoin() {
        done(CREATE, BUY.formatted("bought"));
        assertThat(refusal(CREATE, BUY.formatted("sold").replace("BUY", "SELL")))
                .isEqualTo("500 306");
        done(CREATE, BUY.formatted("sold").replace("BUY", "SELL").replace("0.01", "0.00995"));
        assertThat(decimal(balance("BTC"), "quantity")).isEqualByComparingTo("0");
    }

    @Test
    void balancesAreReadLate() {
        settings("{'spotBalanceDelayMillis':1000}");
        done(CREATE, BUY.formatted("late"));
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("10000");
        await(() -> decimal(balance("USD"), "quantity").intValue() == 9_499);
        assertThat(decimal(balance("BTC"), "quantity")).isEqualByComparingTo("0.00995");
    }

    @Test
    void frozenBalancesStandStillUntilTheyAreReleased() {
        settings("{'spotBalancesFrozen':true}");
        done(CREATE, BUY.formatted("unseen"));
        assertThat(detail("unseen").text("status")).isEqualTo("FILLED");
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("10000");
        settings("{'spotBalancesFrozen':false}");
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("9499.9999");
    }

    @Test
    void withdrawableAmountIsCutToEightDecimals() {
        coins("{'BTC':'0.123456789123'}");
        assertThat(balance("BTC").path("quantity").asString()).isEqualTo("0.123456789123");
        assertThat(balance("BTC").path("max_withdrawal_balance").asString()).isEqualTo("0.12345678");
    }

    @Test
    void pairMayCostLessThanTheOthers() {
        control("spot", "{'pair':'BTC_USD','fees':{'maker':'0','taker':'0.0004'}}");
        var rate = "private/get-instrument-fee-rate";
        assertThat(done(rate, "{'instrument_name':'BTC_USD'}").text("effective_taker_rate_bps"))
                .isEqualTo("4");
        assertThat(done(rate, "{'instrument_name':'ETH_USD'}").text("effective_taker_rate_bps"))
                .isEqualTo("50");
        done(CREATE, BUY.formatted("cheap"));
        assertThat(detail("cheap").decimal("cumulative_fee")).isEqualByComparingTo("0.000004");
    }

    @Test
    void dollarsOfOneKindDoNotPayForTheOther() {
        coins("{'USDT':'0'}");
        assertThat(refusal(CREATE, BUY.formatted("tether").replace("BTC_USD", "BTC_USDT")))
                .isEqualTo("500 306");
        done(CREATE, BUY.formatted("dollar"));
    }

    @Test
    void ledgerKnowsTheTruthWhateverIsRead() {
        settings("{'spotBalanceDelayMillis':60000}");
        done(CREATE, BUY.formatted("truth"));
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("10000");
        var usd = ledger("balances")
                .valueStream()
                .filter(row -> row.path("coin").asString().equals("USD"))
                .findFirst()
                .orElseThrow();
        assertThat(decimal(usd, "amount")).isEqualByComparingTo("9499.9999");
        assertThat(ledger("trades").size()).isEqualTo(1);
        control("reset", "");
        assertThat(ledger("trades").size()).isZero();
        settings("{'spotLimits':false}");
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("10000");
    }
}
