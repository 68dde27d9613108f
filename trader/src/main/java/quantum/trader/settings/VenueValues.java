package quantum.trader.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What counts for one venue alone: the names of the platform that traded there (seed 004), and the defaults that fit it.
 * Both count below whatever our own keys say.
 */
final class VenueValues {

    private static final String VENUE = "crypto-com";
    private static final String ATTEMPTS = "ORDER_FILL_POLL_MAX_ATTEMPTS";
    private static final String INTERVAL = "ORDER_FILL_POLL_INTERVAL_SECONDS";
    private static final String FAILSAFE = "FAILSAFE_ON_SLTP_ERROR";
    /** What sets the like of each name where the venue is another one. */
    private static final Map<String, Key> LIKE =
            Map.of(ATTEMPTS, Key.FILL_WAIT, INTERVAL, Key.FILL_POLL, FAILSAFE, Key.FAIL_SAFE);

    /** Seed 004 asked ten times, a second apart; 0.46 percent a side was recorded (crypto-com-corrections 4). */
    private static final Map<Key, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put(Key.FILL_POLL, "1000");
        DEFAULTS.put(Key.FILL_WAIT, "10");
        DEFAULTS.put(Key.BREAK_EVEN_FEES, "0.92");
        DEFAULTS.put(Key.FAIL_SAFE, "close_and_stop");
    }

    private final Map<String, String> environment;
    private final Values values;
    private final List<String> notes;
    private final List<String> problems;

    VenueValues(Map<String, String> environment, Values values, List<String> notes, List<String> problems) {
        this.environment = environment;
        this.values = values;
        this.notes = notes;
        this.problems = problems;
    }

    void read() {
        if (!values.word(Key.VENUE).equals(VENUE)) {
            LIKE.forEach((name, key) -> {
                if (isSet(name)) {
                    notes.add(name + " has no effect: it belongs to venue " + VENUE + "; here set " + key.key());
                }
            });
            return;
        }
        if (isSet(ATTEMPTS) || isSet(INTERVAL)) {
            polls();
        }
        if (isSet(FAILSAFE)) {
            failsafe();
        }
        DEFAULTS.forEach((key, value) -> {
            if (values.isDefault(key)) {
                values.seed(key, value, "venue " + VENUE);
            }
        });
    }

    /** So many questions, so far apart: our wait is as long as all of them. */
    private void polls() {
        BigDecimal interval = number(INTERVAL, "1", "[0-9]{1,4}(\\.[0-9]{1,3})?");
        BigDecimal attempts = number(ATTEMPTS, "10", "[0-9]{1,4}");
        take(Key.FILL_POLL, interval.movePointRight(3).setScale(0, RoundingMode.DOWN), INTERVAL);
        take(Key.FILL_WAIT, interval.multiply(attempts).setScale(0, RoundingMode.UP), ATTEMPTS);
    }

    private BigDecimal number(String name, String standard, String form) {
        String text = isSet(name) ? environment.getOrDefault(name, "").strip() : standard;
        if (text.matches(form)) {
            return new BigDecimal(text);
        }
        problems.add(name + "=" + text + " must be a number such as " + standard + " (environment)");
        return new BigDecimal(standard);
    }

    private void take(Key key, BigDecimal value, String name) {
        if (values.isDefault(key)) {
            values.seed(key, value.toPlainString(), "environment " + name);
        } else if (isSet(name)) {
            notes.add(name + " has no effect: " + key.key() + " is set");
        }
    }

    /** Whether it acts at all; that a position may stay bare is said at each start. */
    private void failsafe() {
        switch (environment.getOrDefault(FAILSAFE, "").strip()) {
            case "true" -> failsafe("close_and_stop", "=true");
            case "false" -> {
                failsafe("alert", "=false");
                notes.add(FAILSAFE + "=false: a position whose stop cannot be placed is alarmed again and again, and"
                        + " stays open until a person acts");
            }
            default -> problems.add(FAILSAFE + " must be true or false (environment)");
        }
    }

    private void failsafe(String value, String said) {
        if (values.isDefault(Key.FAIL_SAFE)) {
            values.seed(Key.FAIL_SAFE, value, "environment " + FAILSAFE);
        } else {
            notes.add(FAILSAFE + said + " has no effect: " + Key.FAIL_SAFE.key() + " is set");
        }
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    /** What is different with the venue, for the page of all keys. */
    static String documentation() {
        StringBuilder text = new StringBuilder("With `venue: " + VENUE + "` these defaults are others:\n");
        DEFAULTS.forEach((key, value) -> text.append("`%s` %s, ".formatted(key.key(), value)));
        return text.substring(0, text.length() - 2) + ".";
    }
}
