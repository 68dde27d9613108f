package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionalsTest {

    private final Trading trading = new Trading().price("50000.00");

    @BeforeEach
    void openPosition() {
        trading.market(Side.BUY, "0.100");
        trading.events.clear();
    }

    private static void refused(Refusal reason, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void stopGoesThroughItsWholeLife() {
        var stop = trading.closing(Side.SELL, OrderType.STOP_MARKET, "49000.00");
        trading.price("48900.00");
        assertThat(stop.status()).isEqualTo(AlgoStatus.TRIGGERING);
        assertThat(trading.position().flat()).isFalse();
        trading.pass(Duration.ofMillis(10));
        assertThat(trading.events)
                .containsExactly(
                        "algo NEW",
                        "algo TRIGGERING",
                        "NEW NEW",
                        "algo TRIGGERED",
                        "TRADE FILLED",
                        "position 0",
                        "algo FINISHED");
        var actual = Objects.requireNonNull(stop.actual());
        assertThat(actual.terms().clientId()).isEqualTo(stop.terms().clientId());
        assertThat(actual.averagePrice()).isEqualByComparingTo("48900");
    }

    @Test
    void closingOrdersExpireWhenThePositionGoesFlat() {
        var stop = trading.closing(Side.SELL, OrderType.STOP_MARKET, "49000");
        var target = trading.closing(Side.SELL, OrderType.TAKE_PROFIT_MARKET, "51000");
        trading.reduce(Side.SELL, "0.1");
        assertThat(stop.status()).isEqualTo(AlgoStatus.NEW);
        trading.pass(Duration.ofMillis(5));
        assertThat(stop.status()).isEqualTo(AlgoStatus.EXPIRED);
        assertThat(target.status()).isEqualTo(AlgoStatus.EXPIRED);
    }

    @Test
    void stopOfAReentryOutlivesTheExpiryOfTheOldPosition() {
        trading.reduce(Side.SELL, "0.1");
        trading.pass(Duration.ofMillis(1)).market(Side.BUY, "0.1");
        var stop = trading.closing(Side.SELL, OrderType.STOP_MARKET, "49000");
        trading.pass(Duration.ofSeconds(1));
        assertThat(stop.status()).isEqualTo(AlgoStatus.NEW);
    }

    @Test
    void closingOrdersStayWhenExpiryIsSwitchedOff() {
        trading.exchange.settings().set(Setting.EXPIRE_WHEN_FLAT, 0);
        var stop = trading.closing(Side.SELL, OrderType.STOP_MARKET, "49000");
        trading.reduce(Side.SELL, "0.1");
        assertThat(trading.pass(Duration.ofSeconds(1)).account.algos().open()).containsExactly(stop);
    }

    @Test
    void reduceOnlyStopWithoutPositionIsRejectedWhenItFires() {
        var size = new AlgoSize(new BigDecimal("0.1"), null, false, true);
        var stop = trading.conditional(Side.SELL, OrderType.STOP_MARKET, "49000", size);
        trading.reduce(Side.SELL, "0.1");
        trading.price("48000").pass(Duration.ofMillis(10));
        assertThat(stop.status()).isEqualTo(AlgoStatus.REJECTED);
        assertThat(stop.rejection()).isEqualTo("Reduce Only reject");
    }

    @Test
    void levelThatIsAlreadyPassedIsRefused() {
        refused(Refusal.WOULD_TRIGGER, () -> trading.closing(Side.SELL, OrderType.STOP_MARKET, "50000"));
        refused(Refusal.WOULD_TRIGGER, () -> trading.closing(Side.SELL, OrderType.TAKE_PROFIT_MARKET, "50000"));
        refused(Refusal.WOULD_TRIGGER, () -> trading.closing(Side.BUY, OrderType.STOP_MARKET, "50000"));
    }

    @Test
    void oneClosingOrderOfAKindADirection() {
        trading.closing(Side.SELL, OrderType.STOP_MARKET, "49000");
        trading.closing(Side.SELL, OrderType.TAKE_PROFIT_MARKET, "51000");
        refused(Refusal.CLOSING_ORDER_EXISTS, () -> trading.closing(Side.SELL, OrderType.STOP_MARKET, "49100"));
        var bridge = new AlgoSize(new BigDecimal("0.1"), null, false, true);
        trading.conditional(Side.SELL, OrderType.STOP_MARKET, "49100", bridge);
    }

    @Test
    void accountHoldsTwoHundredConditionals() {
        var size = new AlgoSize(new BigDecimal("0.1"), null, false, true);
        for (int i = 0; i < 200; i++) trading.conditional(Side.SELL, OrderType.STOP_MARKET, "49000", size);
        refused(
                Refusal.TOO_MANY_CONDITIONALS,
                () -> trading.conditional(Side.SELL, OrderType.STOP_MARKET, "49000", size));
    }

    @Test
    void markAndLastPriceFireTheirOwnOrders() {
        var byMark = trading.closing(Side.SELL, OrderType.STOP_MARKET, "49000");
        var market = trading.market();
        trading.exchange.prices().setMark(market, new BigDecimal("48999"));
        assertThat(byMark.status()).isEqualTo(AlgoStatus.TRIGGERING);
        assertThat(market.last()).isEqualByComparingTo("50000");
    }

    @Test
    void trailingStopFollowsTheBestPrice() {
        var terms = new NewAlgo(
                "t",
                Trading.BTC,
                Side.SELL,
                PositionSide.BOTH,
                OrderType.TRAILING_STOP_MARKET,
                TimeInForce.GTC,
                new Trigger(null, new BigDecimal("51000"), BigDecimal.ONE, true, false),
                new AlgoSize(new BigDecimal("0.1"), null, false, true));
        var stop = trading.exchange.conditionals().place(trading.account, terms, Treatment.NORMAL);
        trading.price("50400").price("49000");
        assertThat(stop.activated()).isFalse();
        trading.price("52000").price("51480.10");
        assertThat(stop.status()).isEqualTo(AlgoStatus.NEW);
        trading.price("51480.00");
        assertThat(stop.status()).isEqualTo(AlgoStatus.TRIGGERING);
    }

    @Test
    void stopThatNeverFillsStaysTriggering() {
        var terms = new NewAlgo(
                "stuck",
                Trading.BTC,
                Side.SELL,
                PositionSide.BOTH,
                OrderType.STOP_MARKET,
                TimeInForce.GTC,
                new Trigger(new BigDecimal("49000"), null, null, true, false),
                new AlgoSize(null, null, true, false));
        var stop = trading.exchange.conditionals().place(trading.account, terms, Treatment.NEVER_FILLS);
        trading.price("48000").pass(Duration.ofMinutes(1));
        assertThat(stop.status()).isEqualTo(AlgoStatus.TRIGGERING);
        refused(
                Refusal.ORDER_IS_TRIGGERING,
                () -> trading.exchange.conditionals().cancel(trading.account, stop));
    }

    @ParameterizedTest
    @EnumSource(
            value = TimeInForce.class,
            names = {"GTC", "IOC", "FOK", "GTX"})
    void marketOrderOfAStopFillsWhateverTimeInForceTheStopNamed(TimeInForce time) {
        var terms = new NewAlgo(
                "timed",
                Trading.BTC,
                Side.SELL,
                PositionSide.BOTH,
                OrderType.STOP_MARKET,
                time,
                new Trigger(new BigDecimal("49000"), null, null, true, false),
                new AlgoSize(null, null, true, false));
        trading.exchange.conditionals().place(trading.account, terms, Treatment.NORMAL);
        trading.price("48900.00").pass(Duration.ofMillis(10));
        assertThat(trading.position().flat()).isTrue();
    }

    private AlgoOrder trailing(@Nullable String activation, boolean protectedPrice) {
        var terms = new NewAlgo(
                trading.exchange.freshClientId(),
                Trading.BTC,
                Side.SELL,
                PositionSide.BOTH,
                OrderType.TRAILING_STOP_MARKET,
                TimeInForce.GTC,
                new Trigger(
                        null,
                        activation == null ? null : new BigDecimal(activation),
                        BigDecimal.ONE,
                        true,
                        protectedPrice),
                new AlgoSize(new BigDecimal("0.1"), null, false, true));
        return trading.exchange.conditionals().place(trading.account, terms, Treatment.NORMAL);
    }

    @Test
    void trailingStopWithoutActivationFollowsFromItsPlacement() {
        var stop = trailing(null, false);
        assertThat(stop.activated()).isTrue();
        assertThat(trading.events).containsExactly("algo NEW", "algo NEW");
        trading.price("49500");
        assertThat(stop.status()).isEqualTo(AlgoStatus.TRIGGERING);
    }

    @Test
    void activationIsHeldAgainstTheLastPriceWhateverFires() {
        trading.exchange.prices().setMark(trading.market(), new BigDecimal("50500"));
        assertThat(trailing("50200", false).status()).isEqualTo(AlgoStatus.NEW);
        trading.exchange.prices().setMark(trading.market(), new BigDecimal("49500"));
        refused(Refusal.ACTIVATION_PRICE, () -> trailing("49800", false));
    }

    @Test
    void protectedTrailingStopFollowsThePriceWhileItMayNotFire() {
        var stop = trailing(null, true);
        var prices = trading.exchange.prices();
        prices.setMark(trading.market(), new BigDecimal("60000"));
        prices.setMark(trading.market(), new BigDecimal("50000"));
        assertThat(stop.status()).isEqualTo(AlgoStatus.TRIGGERING);
    }
}
