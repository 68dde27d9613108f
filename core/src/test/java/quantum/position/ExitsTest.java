package quantum.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.intent.Closed.Reason;
import quantum.intent.Levels;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.LotRule;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.OrderId;
import quantum.position.ExitRules.ExitSignal;
import quantum.venue.Call.Trade;

/** Where a position ends, and what it then made. */
class ExitsTest {

    private static Instrument instrument(String tick) {
        LotRule lots = new LotRule(BigDecimal.ONE, new BigDecimal("1000"), BigDecimal.ONE);
        return new Instrument(
                new Symbol("AXSUSDT"),
                true,
                Contract.perpetual("USDT"),
                new Instrument.PriceRule(new BigDecimal(tick), BigDecimal.ZERO, BigDecimal.ZERO),
                lots,
                lots,
                BigDecimal.ONE);
    }

    private static ExitPlan plan(Direction direction, String entry) {
        return ExitPlan.of(
                Levels.NONE, direction, Price.of(entry), Price.of(entry), instrument("0.0001"), ExitDefaults.SEEDS);
    }

    @ParameterizedTest
    @CsvSource({"2.4190, 2.4795, 2.3827", "0.0832, 0.0853, 0.0820"})
    void seed001Vectors(String entry, String target, String stop) {
        ExitPlan plan = plan(Direction.LONG, entry);
        assertThat(plan.target()).isEqualTo(Price.of(target));
        assertThat(plan.stop()).isEqualTo(Price.of(stop));
    }

    @Test
    void incI41StopLosesAndTargetWinsOnBothSides() {
        Random random = new Random(9);
        for (int i = 0; i < 5000; i++) {
            String entry =
                    BigDecimal.valueOf(1000 + random.nextInt(10_000_000), 4).toPlainString();
            for (Direction direction : Direction.values()) {
                ExitPlan plan = plan(direction, entry);
                assertThat(direction.gains(plan.stop(), Price.of(entry))).isTrue();
                assertThat(direction.gains(Price.of(entry), plan.target())).isTrue();
            }
        }
    }

    private static Optional<ExitSignal> next(
            Direction direction, Price entry, Extremes extremes, Price low, Price high) {
        ExitPlan plan = plan(direction, "100");
        return ExitRules.next(direction, plan, ExitRules.floor(direction, entry, plan, extremes), low, high);
    }

    @ParameterizedTest
    @CsvSource({
        "LONG, 98.6, 102.4, ",
        "LONG, 98.5, 100, SL",
        "LONG, 97, 100, SL",
        "LONG, 100, 102.5, TP",
        "LONG, 98, 103, SL",
        "SHORT, 97.6, 101.4, ",
        "SHORT, 100, 101.5, SL",
        "SHORT, 97.5, 100, TP",
        "SHORT, 97, 102, SL",
    })
    void levelsAndAGapThroughBoth(Direction direction, String low, String high, Reason reason) {
        Price entry = Price.of("100");
        Extremes extremes = Extremes.at(entry);
        Optional<ExitSignal> signal = next(direction, entry, extremes, Price.of(low), Price.of(high));
        assertThat(signal.map(ExitSignal::reason)).isEqualTo(Optional.ofNullable(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "LONG, 100.9, 99.5, ",
        "LONG, 101, 99.48, TRAILING",
        "LONG, 102, 100.48, ",
        "LONG, 102, 100.47, TRAILING",
        "SHORT, 99.1, 100.5, ",
        "SHORT, 99, 100.485, TRAILING",
        "SHORT, 98, 99.46, ",
        "SHORT, 98, 99.47, TRAILING",
    })
    void trailingCountsFromTheBestPriceOnceInProfit(Direction direction, String best, String now, Reason reason) {
        Price entry = Price.of("100");
        Price price = Price.of(now);
        Extremes extremes =
                Extremes.at(entry).include(Price.of(best), Price.of(best)).include(price, price);
        Optional<ExitSignal> signal = next(direction, entry, extremes, price, price);
        assertThat(signal.map(ExitSignal::reason)).isEqualTo(Optional.ofNullable(reason));
    }

    @Test
    void longestPercentagesFitAPrice() {
        ExitPlan plan = new ExitPlan(
                Price.of("1"),
                Price.of("200"),
                new WatchRules(
                        new BigDecimal("1.234567890123456789"),
                        new BigDecimal("0.000000000000000001"),
                        ExitDefaults.SEEDS.breakEven(),
                        Duration.ZERO,
                        List.of()),
                false);
        Extremes extremes = Extremes.at(Price.of("100.123456789012"));
        assertThat(ExitRules.trailing(Direction.LONG, Price.of("99.123456789012"), plan, extremes))
                .isPresent();
    }

    private static Trade trade(String order, Side side, String price, String quantity, int second) {
        return new Trade(
                new OrderId(order),
                second,
                side,
                null,
                Price.of(price),
                Quantity.of(quantity),
                new BigDecimal("0.5"),
                Instant.parse("2026-01-05T10:00:00Z").plusSeconds(second));
    }

    @Test
    void lifeIsAddedUpFromItsFirstEntryToZeroWhateverLiesAround() {
        List<Trade> trades = List.of(
                trade("old", Side.SELL, "90", "7", 0),
                trade("in", Side.BUY, "100", "4", 1),
                trade("in", Side.BUY, "101", "6", 2),
                trade("half", Side.SELL, "103", "5", 3),
                trade("stop", Side.SELL, "99", "5", 4),
                trade("next", Side.BUY, "100", "1", 5));
        RoundTrip settled = RoundTrip.of(Direction.LONG, trades, Set.of(new OrderId("in")), null)
                .orElseThrow();
        assertThat(settled.entryPrice()).isEqualTo(Price.of("100.6"));
        assertThat(settled.exitPrice()).isEqualTo(Price.of("101"));
        assertThat(settled.quantity()).isEqualTo(Quantity.of("10"));
        assertThat(settled.gross()).isEqualByComparingTo("4");
        assertThat(settled.fees().known()).isEqualByComparingTo("2");
        assertThat(settled.net(BigDecimal.ZERO)).isEqualByComparingTo("2");
        assertThat(settled.netPercent(BigDecimal.ZERO)).isEqualByComparingTo("0.1988");
        assertThat(settled.orders()).extracting(OrderId::value).containsExactly("in", "half", "stop");
    }

    @Test
    void shortGainsWhenThePriceFalls() {
        RoundTrip settled = RoundTrip.of(
                        Direction.SHORT,
                        List.of(trade("in", Side.SELL, "100", "2", 1), trade("out", Side.BUY, "90", "2", 2)),
                        Set.of(new OrderId("in")),
                        null)
                .orElseThrow();
        assertThat(settled.net(BigDecimal.ZERO)).isEqualByComparingTo("19");
    }

    @Test
    void foundPositionCountsFromWhatWasFound() {
        RoundTrip settled = RoundTrip.of(
                        Direction.LONG,
                        List.of(trade("more", Side.BUY, "110", "1", 1), trade("out", Side.SELL, "120", "4", 2)),
                        Set.of(),
                        new RoundTrip.Found(Quantity.of("3"), Price.of("100")))
                .orElseThrow();
        assertThat(settled.quantity()).isEqualTo(Quantity.of("4"));
        assertThat(settled.gross()).isEqualByComparingTo("70");
    }

    @Test
    void tradeThatTurnsThePositionBelongsToTheLifeAsFarAsItClosesIt() {
        RoundTrip settled = RoundTrip.of(
                        Direction.LONG,
                        List.of(trade("in", Side.BUY, "100", "2", 1), trade("out", Side.SELL, "110", "8", 2)),
                        Set.of(new OrderId("in")),
                        null)
                .orElseThrow();
        assertThat(settled.gross()).isEqualByComparingTo("20");
        assertThat(settled.fees().known()).isEqualByComparingTo("0.625");
    }

    @Test
    void aFeeInAnotherAssetIsNotGuessed() {
        Trade paidInAnother = new Trade(
                new OrderId("out"),
                2,
                Side.SELL,
                null,
                Price.of("110"),
                Quantity.of("2"),
                null,
                new quantum.venue.Call.OtherFee("BNB", new BigDecimal("0.00045")),
                Instant.ofEpochSecond(2));
        RoundTrip settled = RoundTrip.of(
                        Direction.LONG,
                        List.of(trade("in", Side.BUY, "100", "2", 1), paidInAnother),
                        Set.of(new OrderId("in")),
                        null)
                .orElseThrow();
        assertThat(settled.fees().complete()).isFalse();
        assertThat(settled.net(BigDecimal.ZERO)).isEqualByComparingTo(settled.gross());
        assertThat(settled.fees().byAsset("USDT", settled.fees().known())).containsOnlyKeys("BNB", "USDT");
    }

    @Test
    void whatHasNotEndedIsNotSettled() {
        assertThat(RoundTrip.of(
                        Direction.LONG,
                        List.of(trade("in", Side.BUY, "100", "2", 1), trade("out", Side.SELL, "110", "1", 2)),
                        Set.of(new OrderId("in")),
                        null))
                .isEmpty();
    }
}
