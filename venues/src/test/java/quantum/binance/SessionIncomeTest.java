package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.binance.BinanceRequest.Http;
import quantum.market.Symbol;
import quantum.venue.Call.Payment;
import quantum.venue.Call.ReadIncome;
import quantum.venue.Call.ReadIncome.Kind;
import quantum.venue.VenueEvent.FundingSettled;
import quantum.venue.VenueEvent.IncomeRead;
import quantum.venue.VenueEvent.ReadFailed;

/** What was paid beside trades is read as a whole, and costs 30 (binance-usdm 5.3, 7). */
class SessionIncomeTest {

    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final long AT = 1_700_000_000_000L;

    private final Script script = Script.ready();

    private ReadIncome ask(Kind kind) {
        ReadIncome call = new ReadIncome(kind, ETH, script.now().exchange().minus(Duration.ofHours(1)));
        script.call(call);
        return call;
    }

    private static String row(long id, String income, String asset, long time) {
        return "{\"symbol\":\"ETHUSDT\",\"incomeType\":\"FUNDING_FEE\",\"income\":\"" + income + "\",\"asset\":\""
                + asset + "\",\"info\":\"FUNDING_FEE\",\"time\":" + time + ",\"tranId\":" + id + ",\"tradeId\":\"\"}";
    }

    @ParameterizedTest
    @CsvSource({"FUNDING, FUNDING_FEE", "CLEARANCE, INSURANCE_CLEAR"})
    void asksForOneKindOfOneSymbolSinceATime(Kind kind, String type) {
        ReadIncome call = ask(kind);
        Http http = script.next();
        assertThat(http.path()).isEqualTo("/fapi/v1/income");
        assertThat(http.query())
                .contains("incomeType=" + type, "symbol=ETHUSDT", "limit=1000")
                .contains("startTime=" + call.since().toEpochMilli());
        script.answer(200, "[" + row(1, "-0.12345678", "USDT", AT) + "]");
        assertThat(script.events(IncomeRead.class)).singleElement().satisfies(read -> {
            assertThat(read.call()).isEqualTo(call);
            assertThat(read.payments())
                    .containsExactly(new Payment(ETH, new BigDecimal("-0.12345678"), Instant.ofEpochMilli(AT)));
        });
    }

    @Test
    void aFullPageIsFollowedFromItsLastTimeAndRowsCountOnce() {
        ask(Kind.FUNDING);
        String page = String.join(
                ",",
                IntStream.rangeClosed(1, 1000)
                        .mapToObj(id -> row(id, "-0.1", "USDT", AT + id / 2))
                        .toList());
        script.answer(200, "[" + page + "]");
        assertThat(script.next().query()).contains("startTime=" + (AT + 500));
        script.answer(200, "[" + row(1000, "-0.1", "USDT", AT + 500) + "," + row(1001, "-0.1", "USDT", AT + 500) + "]");
        assertThat(script.events(IncomeRead.class))
                .singleElement()
                .satisfies(read -> assertThat(read.payments()).hasSize(1001));
        assertThat(script.waiting).isEmpty();
    }

    @Test
    void anotherAssetIsNoAmount() {
        ask(Kind.FUNDING);
        script.answer(200, "[" + row(1, "-0.1", "BNFCR", AT) + "]");
        assertThat(script.events(IncomeRead.class))
                .singleElement()
                .satisfies(
                        read -> assertThat(read.payments().getFirst().amount()).isNull());
    }

    @Test
    void aRefusalIsAFailureOfTheReading() {
        ReadIncome call = ask(Kind.FUNDING);
        script.answer(503, "{\"code\":-1008,\"msg\":\"Request throttled by system-level protection.\"}");
        assertThat(script.events(ReadFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.call()).isEqualTo(call));
    }

    @Test
    void itCountsThirtyAndWaitsWhereOnlyExitsMayGo() {
        RestCall income = Endpoints.income(
                new ReadIncome(Kind.FUNDING, null, Instant.ofEpochMilli(AT)),
                Instant.ofEpochMilli(AT),
                Instant.ofEpochMilli(AT + 1));
        assertThat(income.weight()).isEqualTo(30);
        assertThat(income.claim()).isEqualTo(RestCall.Claim.QUESTION);
        Budget budget = new Budget(BudgetShares.DEFAULT);
        for (int i = 0; i < 63; i++) {
            assertThat(budget.admits(income, AT)).isTrue();
            budget.sent(i, income, AT);
        }
        budget.sent(63, income, AT);
        assertThat(budget.admits(income, AT)).isFalse();
        assertThat(budget.admits(Endpoints.time(), AT)).isTrue();
    }

    @Test
    void theStreamTellsThatFundingWasSettled() {
        script.settle();
        script.frame(
                StreamName.PRIVATE,
                "{\"e\":\"ACCOUNT_UPDATE\",\"E\":" + AT + ",\"T\":" + AT
                        + ",\"a\":{\"m\":\"FUNDING_FEE\",\"S\":\"ETHUSDT\",\"B\":[]}}");
        assertThat(script.events(FundingSettled.class))
                .containsExactly(new FundingSettled(ETH, Instant.ofEpochMilli(AT)));
    }
}
