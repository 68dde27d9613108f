package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MatchingTest {

    private final Trading trading = new Trading().price("50000.00");

    private static void refused(Refusal reason, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void marketBuyFillsAtTheAskAndPaysTheTakerFee() {
        var order = trading.market(Side.BUY, "0.100");
        assertThat(order.status()).isEqualTo(OrderStatus.FILLED);
        assertThat(order.averagePrice()).isEqualByComparingTo("50000.1");
        assertThat(trading.account.fills().getFirst().commission()).isEqualByComparingTo("2.000004");
        assertThat(trading.account.wallet()).isEqualByComparingTo("9997.999996");
        assertThat(trading.events).containsExactly("NEW NEW", "TRADE FILLED", "position 0.100");
    }

    @Test
    void acknowledgedOrderFillsOnlyAfterTheDelay() {
        var slow =
                new Trading(SimulatorOptions.defaults().withFillDelay(Duration.ofMillis(200), Duration.ofMillis(200)));
        var order = slow.market(Side.BUY, "0.001");
        assertThat(slow.pass(Duration.ofMillis(199)).position().flat()).isTrue();
        assertThat(order.status()).isEqualTo(OrderStatus.NEW);
        slow.pass(Duration.ofMillis(1));
        assertThat(order.status()).isEqualTo(OrderStatus.FILLED);
    }

    @Test
    void isolatedMarginGoesInAndComesOutWithThePosition() {
        trading.exchange.choices().marginType(trading.account, Trading.BTC, true);
        trading.exchange.choices().leverage(trading.account, Trading.BTC, 10);
        trading.market(Side.BUY, "0.100");
        assertThat(trading.position().isolatedWallet()).isEqualByComparingTo("500.001");
        trading.price("51000.00").reduce(Side.SELL, "0.050");
        assertThat(trading.position().isolatedWallet()).isEqualByComparingTo("250.0005");
        assertThat(trading.account.fills().getLast().realized()).isEqualByComparingTo("49.995");
        trading.reduce(Side.SELL, "0.050");
        assertThat(trading.position().isolatedWallet()).isEqualByComparingTo("0");
        assertThat(trading.exchange.margins(trading.account).crossWallet())
                .isEqualByComparingTo(trading.account.wallet());
    }

    @Test
    void restingLimitFillsAsMakerAtItsOwnPrice() {
        var order = trading.limit(Side.BUY, TimeInForce.GTC, "0.100", "49000.00");
        assertThat(order.status()).isEqualTo(OrderStatus.NEW);
        trading.price("48000.00");
        assertThat(order.averagePrice()).isEqualByComparingTo("49000");
        assertThat(trading.account.fills().getFirst().maker()).isTrue();
        assertThat(trading.account.fills().getFirst().commission()).isEqualByComparingTo("0.98");
    }

    @Test
    void timeInForceDecidesWhatAnOrderMayDoOnArrival() {
        assertThat(trading.limit(Side.BUY, TimeInForce.IOC, "0.1", "49000").status())
                .isEqualTo(OrderStatus.EXPIRED);
        refused(Refusal.CANNOT_FILL_WHOLLY, () -> trading.limit(Side.BUY, TimeInForce.FOK, "0.1", "49000"));
        refused(Refusal.WOULD_TAKE, () -> trading.limit(Side.BUY, TimeInForce.GTX, "0.1", "50001"));
        assertThat(trading.limit(Side.BUY, TimeInForce.FOK, "0.1", "50001").status())
                .isEqualTo(OrderStatus.FILLED);
    }

    @Test
    void reduceOnlyNeverOpensAndIsCappedAtThePosition() {
        refused(Refusal.REDUCE_ONLY, () -> trading.reduce(Side.SELL, "0.1"));
        trading.market(Side.BUY, "0.100");
        refused(Refusal.REDUCE_ONLY, () -> trading.reduce(Side.BUY, "0.1"));
        var close = trading.reduce(Side.SELL, "0.300");
        assertThat(close.executed()).isEqualByComparingTo("0.1");
        assertThat(close.status()).isEqualTo(OrderStatus.FILLED);
        assertThat(trading.position().flat()).isTrue();
    }

    @Test
    void ofTwoClosesInFlightTheSecondExpires() {
        var slow = new Trading(
                        SimulatorOptions.defaults().withFillDelay(Duration.ofMillis(100), Duration.ofMillis(100)))
                .price("50000.00");
        slow.market(Side.BUY, "0.100");
        slow.pass(Duration.ofMillis(100));
        slow.reduce(Side.SELL, "0.100");
        var second = slow.reduce(Side.SELL, "0.100");
        slow.pass(Duration.ofMillis(100));
        assertThat(second.status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(second.executed()).isEqualByComparingTo("0");
        assertThat(slow.position().flat()).isTrue();
    }

    @Test
    void marginOfOrdersInFlightIsReserved() {
        trading.exchange.choices().leverage(trading.account, Trading.BTC, 1);
        trading.limit(Side.BUY, TimeInForce.GTC, "0.150", "49900");
        refused(Refusal.MARGIN_INSUFFICIENT, () -> trading.market(Side.BUY, "0.060"));
        assertThat(trading.market(Side.BUY, "0.050").status()).isEqualTo(OrderStatus.FILLED);
    }

    @Test
    void clientIdIsUniqueAmongOpenOrdersOnly() {
        var terms = new NewOrder(
                "one",
                Trading.BTC,
                Side.BUY,
                PositionSide.BOTH,
                OrderType.LIMIT,
                TimeInForce.GTC,
                Trading.number("0.1"),
                Trading.number("49000"),
                false,
                0);
        var matching = trading.exchange.matching();
        var order = matching.place(trading.account, terms, Treatment.NORMAL, false);
        refused(Refusal.DUPLICATE_CLIENT_ID, () -> matching.place(trading.account, terms, Treatment.NORMAL, false));
        matching.cancel(trading.account, Trading.BTC, order);
        assertThat(matching.place(trading.account, terms, Treatment.NORMAL, false)
                        .id())
                .isNotEqualTo(order.id());
    }

    @Test
    void partialFillLeavesAnExpiredOrderWithAPosition() {
        var terms = new NewOrder(
                "p",
                Trading.BTC,
                Side.BUY,
                PositionSide.BOTH,
                OrderType.MARKET,
                TimeInForce.GTC,
                Trading.number("0.005"),
                null,
                false,
                0);
        var order = trading.exchange.matching().place(trading.account, terms, Treatment.PARTIAL_THEN_EXPIRE, true);
        assertThat(order.status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(order.expiryReason()).isEqualTo(9);
        assertThat(trading.position().amount()).isEqualByComparingTo("0.002");
    }

    @Test
    void leverageAndMarginTypeAreGuardedByPositions() {
        var choices = trading.exchange.choices();
        refused(Refusal.MARGIN_TYPE_SAME, () -> choices.marginType(trading.account, Trading.BTC, false));
        choices.marginType(trading.account, Trading.BTC, true);
        refused(Refusal.LEVERAGE_INVALID, () -> choices.leverage(trading.account, Trading.BTC, 126));
        trading.market(Side.BUY, "0.1");
        refused(Refusal.LEVERAGE_CUT_ISOLATED, () -> choices.leverage(trading.account, Trading.BTC, 5));
        refused(Refusal.MARGIN_TYPE_POSITION, () -> choices.marginType(trading.account, Trading.BTC, false));
    }

    @Test
    void orderWithAnEndExpiresThere() {
        long end = (Trading.START / 1_000_000_000 + 700) * 1_000;
        var terms = new NewOrder(
                "till",
                Trading.BTC,
                Side.BUY,
                PositionSide.BOTH,
                OrderType.LIMIT,
                TimeInForce.GTD,
                Trading.number("0.1"),
                Trading.number("49000"),
                false,
                end);
        var order = trading.exchange.matching().place(trading.account, terms, Treatment.NORMAL, false);
        trading.pass(Duration.ofSeconds(699));
        assertThat(order.status()).isEqualTo(OrderStatus.NEW);
        trading.pass(Duration.ofSeconds(2));
        assertThat(order.status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(trading.exchange.margins(trading.account).available())
                .isEqualByComparingTo(trading.account.wallet());
    }

    @Test
    void fundingIsSettledAtEveryFullInterval() {
        trading.exchange.settings().set(Setting.FUNDING_INTERVAL_SECONDS, 60);
        trading.market(Side.BUY, "0.100");
        var wallet = trading.account.wallet();
        trading.pass(Duration.ofMinutes(3));
        assertThat(trading.account.transfers())
                .hasSize(3)
                .allSatisfy(
                        income -> assertThat(income.at() / 1_000_000_000 % 60).isZero());
        assertThat(wallet.subtract(trading.account.wallet())).isEqualByComparingTo("1.5");
    }
}
