package quantum.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quantum.intent.Levels;
import quantum.intent.Rung;
import quantum.intent.SoftwareExits;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Listed;
import quantum.market.Price;

/** Levels of random plans on the ticks of every perpetual of a real listing. */
class ListedExitsTest {

    private static final int PLANS = 400;

    private final Random random = new Random(11);

    private BigDecimal pct(int leastHundredths, int mostHundredths) {
        return BigDecimal.valueOf(leastHundredths + random.nextInt(mostHundredths - leastHundredths), 2);
    }

    private List<Rung> ladder() {
        List<Rung> rungs = new ArrayList<>();
        BigDecimal at = BigDecimal.ZERO;
        for (int i = random.nextInt(5); i >= 0; i--) {
            at = at.add(pct(5, 80));
            rungs.add(Rung.ofEntry(at, new BigDecimal("0.2")));
        }
        return Rung.ladder(rungs);
    }

    /** A price at which one tick is less than 0.05 %, and no level leaves the exchange's own bounds. */
    private Price entry(Instrument instrument) {
        BigDecimal ticks = BigDecimal.valueOf(2_000 + random.nextInt(3_000_000));
        BigDecimal least = instrument.prices().min().multiply(BigDecimal.valueOf(3));
        BigDecimal most = instrument.prices().max().multiply(new BigDecimal("0.5"));
        return instrument.nearestTick(
                instrument.prices().tick().multiply(ticks).max(least).min(most));
    }

    @Test
    void incI41TheStopLosesTheTargetWinsAndTheRungsRiseOnBothSides() throws IOException {
        for (Instrument instrument : Listed.instruments()) {
            for (int i = 0; i < PLANS; i++) {
                Price entry = entry(instrument);
                Direction direction = i % 2 == 0 ? Direction.LONG : Direction.SHORT;
                List<Rung> ladder = ladder();
                ExitPlan plan = ExitPlan.of(
                        new Levels(
                                null,
                                null,
                                pct(5, 5_000),
                                pct(5, 5_000),
                                pct(5, 900),
                                new SoftwareExits(null, Duration.ZERO, ladder)),
                        direction,
                        entry,
                        entry,
                        instrument,
                        ExitDefaults.SEEDS);
                String words = instrument.symbol() + " " + direction + " at " + entry + ": " + plan;
                assertThat(direction.gains(plan.stop(), entry)).as(words).isTrue();
                assertThat(direction.gains(entry, plan.target())).as(words).isTrue();
                Price last = entry;
                for (WatchRules.Step step : plan.watch().ladder()) {
                    assertThat(direction.gains(entry, step.at())).as(words).isTrue();
                    assertThat(direction.gains(step.at(), last) && !last.equals(entry))
                            .as(words)
                            .isFalse();
                    assertThat(instrument.nearestTick(step.at().value())).isEqualTo(step.at());
                    last = step.at();
                }
            }
        }
    }

    @Test
    void aRaisedStopIsOnATickLosesAgainstTheMarkAndIsNotWorseThanItsLevelByATick() throws IOException {
        for (Instrument instrument : Listed.instruments()) {
            BigDecimal tick = instrument.prices().tick();
            for (int i = 0; i < PLANS; i++) {
                Price mark = entry(instrument);
                Direction direction = i % 2 == 0 ? Direction.LONG : Direction.SHORT;
                Price raw = ExitPlan.gained(mark, pct(1, 900).negate(), direction);
                Price raised = instrument.raisedStopTick(raw.value(), direction, mark);
                String words = instrument.symbol() + " " + direction + " " + raw + " below " + mark + ": " + raised;
                assertThat(instrument.nearestTick(raised.value())).as(words).isEqualTo(raised);
                assertThat(direction.gains(raised, mark)).as(words).isTrue();
                BigDecimal better = raised.value().subtract(raw.value()).multiply(BigDecimal.valueOf(direction.sign()));
                assertThat(better).as(words).isGreaterThan(tick.negate()).isLessThan(tick);
            }
        }
    }

    @Test
    void whereThereIsRoomBelowTheMarkARaisedStopIsNeverWorseThanItsLevel() throws IOException {
        for (Instrument instrument : Listed.instruments()) {
            for (int i = 0; i < PLANS; i++) {
                Price mark = entry(instrument);
                Direction direction = i % 2 == 0 ? Direction.LONG : Direction.SHORT;
                Price raw = ExitPlan.gained(mark, pct(200, 900).negate(), direction);
                Price raised = instrument.raisedStopTick(raw.value(), direction, mark);
                assertThat(direction.gains(raised, raw))
                        .as("%s %s at %s", instrument.symbol(), raw, raised)
                        .isFalse();
            }
        }
    }

    @Test
    void aFloorOnlyRisesAndACorridorHoldsNoPriceAtWhichSomethingHappens() throws IOException {
        for (Instrument instrument : Listed.instruments()) {
            Direction direction = random.nextBoolean() ? Direction.LONG : Direction.SHORT;
            Price entry = entry(instrument);
            ExitPlan plan = ExitPlan.of(
                    new Levels(null, null, null, null, null, new SoftwareExits(pct(20, 200), null, ladder())),
                    direction,
                    entry,
                    entry,
                    instrument,
                    ExitDefaults.SEEDS);
            Extremes extremes = Extremes.at(entry);
            Price floor = plan.stop();
            Price price = entry;
            for (int i = 0; i < PLANS; i++) {
                QuietRange corridor = QuietRange.of(
                        direction,
                        ExitRules.floor(direction, entry, plan, extremes).level(),
                        plan.target(),
                        plan.watch().ladder().getFirst().at(),
                        extremes,
                        null);
                price = new Price(price.value()
                        .multiply(BigDecimal.valueOf(9_990 + random.nextInt(21), 4))
                        .setScale(12, RoundingMode.HALF_UP));
                Extremes next = extremes.include(price, price);
                boolean quiet = corridor.holds(price, Instant.EPOCH);
                ExitRules.Floor reached = ExitRules.floor(direction, entry, plan, next);
                boolean exits =
                        ExitRules.next(direction, plan, reached, price, price).isPresent();
                boolean rung =
                        !direction.gains(price, plan.watch().ladder().getFirst().at());
                assertThat(quiet && (exits || rung || !next.equals(extremes)))
                        .as("%s in %s", price, corridor)
                        .isFalse();
                extremes = next;
                Price now = reached.level();
                assertThat(direction.gains(now, floor))
                        .as("%s after %s", now, floor)
                        .isFalse();
                floor = now;
            }
        }
    }
}
