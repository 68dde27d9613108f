package quantum.rules;

import java.time.Duration;
import quantum.guard.Limits;
import quantum.position.ExistingPolicy;
import quantum.position.ExitPolicy;
import quantum.position.PositionMode;
import quantum.protection.ProtectiveOrderLifecycle.Patience;

/**
 * Every number the desk decides by; the defaults are those of design section 4. With {@code observe} every decision is
 * taken and told, and no order is sent, cancelled or replaced.
 */
public record Rules(
        Limits limits,
        ExitPolicy exits,
        Confirmation confirmation,
        Guarding guarding,
        Reading reading,
        PositionMode positions,
        ExistingPolicy existing,
        boolean observe) {

    /** How long a fill is waited for, how often it is asked for meanwhile, and how often after that. */
    public record Confirmation(
            Duration poll, Duration fillWait, Duration reconcile, Duration openRecvWindow, Duration exitRecvWindow) {}

    /**
     * How a position without a live stop is answered: a new one is closed after {@code newWithout}, one whose stop was
     * lost after {@code lostStop}; from {@code systemic} such positions on, none is (no mass dump). A resting level that
     * was passed is left to the exchange for {@code levelPassed}, one that fired for {@code firing}.
     */
    public record Guarding(
            Duration newWithout,
            Duration lostStop,
            Duration levelPassed,
            Duration firing,
            Duration retry,
            int systemic,
            Slots slots,
            Adoption adoption,
            FailSafe failSafe) {

        private static final int PATIENT_FAILURES = 5;
        private static final int MOST_DOUBLINGS = 5;

        /** True after so many refusals in a row that a person should not wait for the next try. */
        public boolean isPatienceOver(int failures) {
            return failures > PATIENT_FAILURES;
        }

        /** What the exchange refused several times in a row is tried less and less often. */
        public Duration pause(int failures) {
            return retry.multipliedBy(1L << Math.clamp(failures - PATIENT_FAILURES, 0, MOST_DOUBLINGS));
        }

        public Guarding withSlots(Slots other) {
            return new Guarding(newWithout, lostStop, levelPassed, firing, retry, systemic, other, adoption, failSafe);
        }

        public Guarding withAdoption(Adoption other) {
            return new Guarding(newWithout, lostStop, levelPassed, firing, retry, systemic, slots, other, failSafe);
        }

        public Guarding withFailSafe(FailSafe other) {
            return new Guarding(newWithout, lostStop, levelPassed, firing, retry, systemic, slots, adoption, other);
        }
    }

    /** What becomes of a position that could not be protected in time. It is alarmed in every case. */
    public enum FailSafe {
        /** A person acts; protection is tried on. */
        ALERT,
        CLOSE,
        /** It is closed, and its symbol opens nothing until a person clears the breaker (seed 004). */
        CLOSE_AND_STOP
    }

    /** How many conditional orders the account may hold, and how many of these places are kept free. */
    public record Slots(int most, int keptFree) {}

    /**
     * What becomes of a position that none of our orders opened: it is protected, or only shown. The rule of the missing
     * stop closes a protected one only with {@code closeUnprotected}.
     */
    public record Adoption(boolean protect, boolean closeUnprotected) {}

    /** How often the exchange is compared with, and how long an absence from a list must last to be believed. */
    public record Reading(Duration bootstrap, Duration rests, Duration account, Duration absence) {}

    public static final Rules DEFAULT = new Rules(
            Limits.DEFAULT,
            ExitPolicy.SEEDS,
            new Confirmation(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5)),
            new Guarding(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    Duration.ofMillis(1500),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    3,
                    new Slots(200, 10),
                    new Adoption(true, false),
                    FailSafe.CLOSE),
            new Reading(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(15)),
            PositionMode.ONE_WAY,
            ExistingPolicy.DEFAULT,
            false);

    /** How long a protective order's state is left alone. */
    public Patience patience() {
        return new Patience(reading.absence(), guarding.firing());
    }

    public Rules withLimits(Limits other) {
        return new Rules(other, exits, confirmation, guarding, reading, positions, existing, observe);
    }

    /** With the times for which the exchange may still take what was sent. */
    public Rules withWindows(Duration open, Duration exit) {
        Confirmation own =
                new Confirmation(confirmation.poll, confirmation.fillWait, confirmation.reconcile, open, exit);
        return new Rules(limits, exits, own, guarding, reading, positions, existing, observe);
    }

    public Rules withExits(ExitPolicy other) {
        return new Rules(limits, other, confirmation, guarding, reading, positions, existing, observe);
    }

    public Rules withGuarding(Guarding other) {
        return new Rules(limits, exits, confirmation, other, reading, positions, existing, observe);
    }

    public Rules withPositions(PositionMode mode) {
        return new Rules(limits, exits, confirmation, guarding, reading, mode, existing, observe);
    }

    public Rules withExisting(ExistingPolicy other) {
        return new Rules(limits, exits, confirmation, guarding, reading, positions, other, observe);
    }

    public Rules withObserve(boolean value) {
        return new Rules(limits, exits, confirmation, guarding, reading, positions, existing, value);
    }
}
