package quantum.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.OrderId;
import quantum.venue.Call.Payment;
import quantum.venue.Call.Trade;

/** What of a symbol's funding belongs to one life: exact, or not told (decision 0011). */
class ShareTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final IncomeShare.Span SPAN = new IncomeShare.Span(at(10), at(20));

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private static Payment paid(long second, @Nullable String amount) {
        return new Payment(BTC, amount == null ? null : new BigDecimal(amount), at(second));
    }

    private static HeldOverTime held(String before, Object... timesAndAmounts) {
        List<HeldOverTime.Step> steps = new java.util.ArrayList<>();
        for (int i = 0; i < timesAndAmounts.length; i += 2) {
            steps.add(new HeldOverTime.Step(
                    at((Integer) timesAndAmounts[i]), new BigDecimal(timesAndAmounts[i + 1].toString())));
        }
        return new HeldOverTime(new BigDecimal(before), steps);
    }

    private static HeldOverTime own() {
        return held("0", 10, "3", 20, "0");
    }

    private static void assertKnown(IncomeShare share, String amount) {
        assertThat(share)
                .isInstanceOfSatisfying(
                        IncomeShare.Known.class,
                        known -> assertThat(known.amount()).isEqualByComparingTo(amount));
    }

    @Test
    void paymentsOfItsTimeAreSummedExactlyBothEndsIncluded() {
        List<Payment> payments =
                List.of(paid(9, "-7"), paid(10, "-0.00000001"), paid(15, "0.3"), paid(20, "-0.1"), paid(21, "-7"));
        assertKnown(IncomeShare.of(SPAN, payments, own(), null), "0.19999999");
    }

    @Test
    void noPaymentIsZero() {
        assertKnown(IncomeShare.of(SPAN, List.of(), own(), null), "0");
    }

    @Test
    void whatWasPaidInAnotherAssetIsNotGuessed() {
        assertThat(IncomeShare.of(SPAN, List.of(paid(15, null)), own(), null)).isInstanceOf(IncomeShare.Untold.class);
    }

    @Test
    void besideNothingAllIsItsOwn() {
        HeldOverTime beside = held("5", 14, "0", 16, "2");
        assertKnown(IncomeShare.of(SPAN, List.of(paid(15, "-1")), own(), beside), "-1");
    }

    @Test
    void longAndShortAreToldApartByWhatTheyHeld() {
        List<Payment> payments = List.of(paid(15, "0.66666667"), paid(15, "-1"));
        assertKnown(IncomeShare.of(SPAN, payments, own(), held("2")), "-1");
        assertKnown(IncomeShare.of(SPAN, payments, held("2", 20, "0"), held("3")), "0.66666667");
    }

    @Test
    void whatCannotBeToldApartIsNotGuessed() {
        assertThat(IncomeShare.of(SPAN, List.of(paid(15, "1"), paid(15, "-1")), own(), held("3")))
                .as("equal amounts: either may have paid")
                .isInstanceOf(IncomeShare.Untold.class);
        assertThat(IncomeShare.of(SPAN, List.of(paid(15, "-1")), own(), held("2")))
                .as("one row for both")
                .isInstanceOf(IncomeShare.Untold.class);
        assertThat(IncomeShare.of(SPAN, List.of(paid(15, "-1"), paid(15, "0.9")), own(), held("2")))
                .as("out of proportion")
                .isInstanceOf(IncomeShare.Untold.class);
        assertThat(IncomeShare.of(SPAN, List.of(paid(15, "-1"), paid(15, "0.66666667")), own(), held("0", 15, "2")))
                .as("traded in the very moment")
                .isInstanceOf(IncomeShare.Untold.class);
    }

    @Test
    void aCourseIsFollowedBackFromWhatIsHeldNow() {
        List<Trade> trades = List.of(trade(Side.BUY, "2", 5), trade(Side.SELL, "3", 7));
        HeldOverTime course =
                HeldOverTime.until(new BigDecimal("4"), Direction.LONG, trades).orElseThrow();
        assertThat(course.at(at(4))).containsExactly(new BigDecimal("5"));
        assertThat(course.at(at(6))).containsExactly(new BigDecimal("7"));
        assertThat(course.at(at(5))).containsExactly(new BigDecimal("5"), new BigDecimal("7"));
        assertThat(course.at(at(8))).containsExactly(new BigDecimal("4"));
    }

    @Test
    void aCourseBelowZeroContradictsWhatIsHeld() {
        assertThat(HeldOverTime.until(BigDecimal.ZERO, Direction.LONG, List.of(trade(Side.BUY, "2", 5))))
                .isEmpty();
    }

    private static Trade trade(Side side, String quantity, long second) {
        return new Trade(
                new OrderId("1"),
                second,
                side,
                Direction.LONG,
                Price.of("100"),
                Quantity.of(quantity),
                BigDecimal.ZERO,
                at(second));
    }
}
