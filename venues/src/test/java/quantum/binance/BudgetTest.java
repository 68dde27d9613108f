package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.binance.BinanceRequest.Method;
import quantum.binance.RestCall.Security;
import quantum.market.Symbol;
import quantum.order.Purpose;
import quantum.venue.Load;

/** Shares of the exchange's limits, and what of them is used (binance-usdm 8.1). */
final class BudgetTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final RestCall OPEN =
            new RestCall(Method.POST, Endpoints.ORDER, "symbol=A", Security.SIGNED, Purpose.OPEN);
    private static final RestCall CLOSE =
            new RestCall(Method.POST, Endpoints.ORDER, "symbol=A", Security.SIGNED, Purpose.CLOSE);
    private static final RestCall STOP =
            new RestCall(Method.POST, Endpoints.ALGO_ORDER, "symbol=A", Security.SIGNED, Purpose.PROTECT);
    /** A millisecond that begins a minute of the exchange. */
    private static final long NOW = 1_700_000_040_000L;

    private final Budget budget = new Budget(BudgetShares.DEFAULT);
    private long id;

    @Test
    void knowsWhatEachEndpointCosts() {
        assertThat(Endpoints.time().weight()).isEqualTo(1);
        assertThat(Endpoints.exchangeInfo().weight()).isEqualTo(1);
        assertThat(Endpoints.marks().weight()).isEqualTo(10);
        assertThat(Endpoints.positions().weight()).isEqualTo(5);
        assertThat(Endpoints.account(Purpose.OPEN).weight()).isEqualTo(5);
        assertThat(Endpoints.rests().weight()).isEqualTo(40);
        assertThat(Endpoints.openOrders(BTC).weight()).isEqualTo(1);
        assertThat(Endpoints.listenKey().weight()).isEqualTo(1);
        assertThat(OPEN.weight()).isZero();
        assertThat(OPEN.placesOrder()).isTrue();
        assertThat(STOP.placesOrder()).isTrue();
        assertThat(Endpoints.listenKey().placesOrder()).isFalse();
    }

    @Test
    void aFloodOfOpensLeavesRoomForWhatItLeadsTo() {
        int opens = 0;
        while (budget.admits(OPEN, NOW)) {
            budget.sent(++id, OPEN, NOW);
            opens++;
        }
        // 45 % of 300 orders in ten seconds, each open with its stop, its target and its close.
        assertThat(opens).isEqualTo(33);
        assertThat(budget.admits(CLOSE, NOW)).isTrue();
        assertThat(budget.admits(STOP, NOW)).isTrue();
        assertThat(budget.admits(OPEN, NOW + 10_000)).as("the next ten seconds").isTrue();
    }

    @Test
    void opensStopWhereExitsHaveUsedTheRest() {
        for (int i = 0; i < 240; i++) {
            budget.sent(++id, CLOSE, NOW);
        }
        assertThat(budget.admits(OPEN, NOW)).isFalse();
        assertThat(budget.admits(CLOSE, NOW)).isTrue();
    }

    @Test
    void theExchangesFigureWinsAndWhatIsOnItsWayIsAdded() {
        budget.sent(1, Endpoints.positions(), NOW);
        budget.sent(2, Endpoints.positions(), NOW);
        assertThat(budget.load(NOW)).isEqualTo(new Load(10, 2400));
        budget.answered(1, weight(700), NOW);
        assertThat(budget.load(NOW).used()).isEqualTo(705);
        budget.answered(2, Usage.NONE, NOW);
        assertThat(budget.load(NOW).used()).as("no figure: counted").isEqualTo(705);
        budget.sent(3, Endpoints.time(), NOW);
        budget.answered(3, weight(300), NOW);
        assertThat(budget.load(NOW).used()).as("a later figure may be lower").isEqualTo(300);
        assertThat(budget.load(NOW + 60_000).used()).as("a new minute").isZero();
    }

    /** One reading of the exchange's clock that was far ahead must not stop our windows for as long. */
    @Test
    void aClockThatComesBackFromFarAheadBeginsNewWindows() {
        for (int i = 0; i < 33; i++) {
            budget.sent(i, OPEN, NOW + 3_600_000);
            budget.answered(i, Usage.NONE, NOW + 3_600_000);
        }
        assertThat(budget.admits(OPEN, NOW + 3_600_000)).isFalse();
        assertThat(budget.admits(OPEN, NOW)).isTrue();
    }

    @Test
    void anAnswerThatWasOvertakenLowersNothing() {
        budget.sent(1, Endpoints.time(), NOW);
        budget.sent(2, Endpoints.time(), NOW);
        budget.answered(2, weight(50), NOW);
        budget.answered(1, weight(49), NOW);
        assertThat(budget.load(NOW).used()).isEqualTo(50);
    }

    @Test
    void aFigureOfTheLastMinuteIsNoFigureOfThisOne() {
        budget.sent(1, Endpoints.positions(), NOW - 1);
        budget.answered(1, weight(2300), NOW);
        assertThat(budget.load(NOW).used()).isEqualTo(5);
    }

    @Test
    void questionsEndAtTheTotalShareAndOpensAtTheirs() {
        budget.sent(1, Endpoints.time(), NOW);
        budget.answered(1, weight(1080 - 14), NOW);
        assertThat(budget.admits(OPEN, NOW)).as("15 more with what it leads to").isFalse();
        assertThat(budget.admits(Endpoints.account(Purpose.OPEN), NOW)).isTrue();
        assertThat(budget.admits(Endpoints.rests(), NOW)).isTrue();
        budget.sent(2, Endpoints.time(), NOW);
        budget.answered(2, weight(1881), NOW);
        assertThat(budget.admits(Endpoints.rests(), NOW)).isFalse();
        assertThat(budget.admits(CLOSE, NOW)).isTrue();
        assertThat(budget.millisToMoreWeight(NOW + 1)).isEqualTo(59_999);
    }

    @Test
    void theExchangesOwnLimitsReplaceOurs() {
        String info = """
                {"symbols":[],"rateLimits":[
                {"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000},
                {"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":50},
                {"rateLimitType":"ORDERS","interval":"DAY","intervalNum":1,"limit":200000},
                {"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":61000},
                {"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":0},
                {"rateLimitType":"ORDERS"}]}
                """;
        budget.limits(RateLimit.all(Json.parse(info)));
        assertThat(budget.load(NOW).limit()).isEqualTo(6000);
        int opens = 0;
        while (budget.admits(OPEN, NOW)) {
            budget.sent(++id, OPEN, NOW);
            opens++;
        }
        assertThat(opens).as("45 % of 50, four each").isEqualTo(5);
        assertThat(RateLimit.all(Json.parse("{\"symbols\":[]}"))).isEqualTo(List.of());
    }

    @Test
    void sharesThatLeaveExitsNothingAreNoShares() {
        assertThatThrownBy(() -> new BudgetShares(0, 80)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BudgetShares(81, 80)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BudgetShares(50, 101)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Usage weight(long used) {
        return new Usage(used, null, null, null);
    }
}
