package quantum.intent.reading;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quantum.intent.Levels;
import quantum.intent.Refusal;
import quantum.intent.Rung;
import quantum.intent.Rung.Measure;
import quantum.intent.SoftwareExits;
import quantum.market.Price;

/**
 * Reads how a position is to end. A field of the message itself goes before the same one in {@code ai_harvest_policy}
 * (docs/streams.md), whose {@code partial_close_pct} is a ladder of one rung: its mode says how far on the way to the
 * target.
 */
final class ExitReader {

    private static final String POLICY = "ai_harvest_policy";
    private static final String LADDER = "ladder";
    private static final String PARTIAL = "partial_close_pct";
    private static final String TRAIL = "trail_pct";
    private static final String MAX_TIME = "max_time_sec";
    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final String[] STOP = {"stop_loss", "sl", "stop", "stop_loss_price", "sl_price"};
    private static final String[] TARGET = {
        "take_profit", "tp", "target", "take_profit_price", "tp_price", "target_price"
    };
    private static final String[] STOP_PCT = {
        "stop_loss_pct", "sl_pct", "stop_pct", "stop_loss_percent", "sl_percent", "stop_loss_percentage"
    };
    private static final String[] TARGET_PCT = {
        "take_profit_pct", "tp_pct", "target_pct", "take_profit_percent", "tp_percent", "take_profit_percentage"
    };
    /** Below it a fraction was meant: 0.01 for 1 percent would end a position at once (I-F5, J-3). */
    private static final BigDecimal LEAST = new BigDecimal("0.05");

    /** Thirty days, the most that docs/streams.md allows. */
    private static final BigDecimal LONGEST_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(30).toSeconds());

    private ExitReader() {}

    /**
     * Null stands for "not given" in every part, and the configuration fills it in later. Zero, where it is allowed,
     * means none whatever the configuration says.
     */
    static Levels levels(Fields f) {
        Policy policy = policy(f);
        BigDecimal trailing = trailing(f, "trailing_pct", TRAIL, "trailing_stop_pct", "callback_rate");
        Duration maxTime = maxTime(f);
        List<Rung> ladder = ladder(f);
        return new Levels(
                price(f, STOP),
                price(f, TARGET),
                distance(f, STOP_PCT),
                distance(f, TARGET_PCT),
                trailing == null ? policy.trailingPct() : trailing,
                new SoftwareExits(
                        breakEven(f),
                        maxTime == null ? policy.maxTime() : maxTime,
                        ladder == null ? policy.ladder() : ladder));
    }

    /** A price, or an object of a client library that holds one. */
    private static @Nullable Price price(Fields f, String... names) {
        // Client libraries nest a level under its first name alone (J-2).
        String name = names[0];
        if (!f.isObject(name)) {
            return f.price(names);
        }
        Fields inside = Objects.requireNonNull(f.object(name));
        Price price = inside.price("trigger_price", "stop_price");
        String type = inside.text("type");
        List<String> more = inside.present("price", "limit_price");
        // A limit price or another type beside it would be another order than the one that rests here.
        if (price == null || (type != null && !type.equalsIgnoreCase("market")) || !more.isEmpty()) {
            throw new BadField(
                    f.nameOf(name),
                    "must be a price, or an object that holds triggerPrice alone: it rests as a market order",
                    Refusal.FIELD_UNSUPPORTED);
        }
        // Aliases of one price are compared by value; an object and a price are not.
        if (f.present(names).size() > 1) {
            throw new BadField(f.nameOf(name), "contradicts another field for the same level");
        }
        return price;
    }

    /** A distance from the entry in percent; null where it is not given, or 0 for none (I-F18). */
    private static @Nullable BigDecimal distance(Fields f, String... names) {
        BigDecimal value = f.percentUnlessZero(names);
        if (value != null && value.compareTo(LEAST) < 0) {
            throw new BadField(f.nameOf(names), fraction(value));
        }
        return value;
    }

    /** The slip by its name: a fraction where percent are meant ends the position at once, for the fees. */
    private static String fraction(BigDecimal value) {
        return "is " + value.toPlainString() + " percent and must be at least " + LEAST.toPlainString()
                + "; if the fraction is meant, send "
                + value.movePointRight(2).stripTrailingZeros().toPlainString();
    }

    /** What a policy asks for beside the message's own fields; null where it asks for nothing. */
    private record Policy(
            @Nullable BigDecimal trailingPct,
            @Nullable Duration maxTime,
            @Nullable List<Rung> ladder) {}

    /**
     * Either one word, its mode, or an object. The word alone asks for nothing, and is read all the same: a mode that
     * nobody knows is refused, and not taken for the default.
     */
    private static Policy policy(Fields f) {
        String name = f.nameOf(POLICY, "harvest_policy");
        if (f.isText(name)) {
            share(f.text(name), name);
            return new Policy(null, null, null);
        }
        Fields inside = f.object(name);
        if (inside == null) {
            return new Policy(null, null, null);
        }
        BigDecimal share = share(inside.text("mode"), name);
        BigDecimal part = part(inside);
        return new Policy(
                trailing(inside, TRAIL),
                maxTime(inside),
                part == null ? null : List.of(new Rung(share, Measure.OF_WAY, part)));
    }

    /** Producers send a fraction under this name, 0.3; what is above 1 can only be percent. */
    private static @Nullable BigDecimal part(Fields policy) {
        BigDecimal part = policy.positive(PARTIAL);
        if (part != null && part.compareTo(HUNDRED) > 0) {
            throw new BadField(PARTIAL, "must be at most 1, or at most 100 percent", Refusal.LADDER_INVALID);
        }
        return part == null || part.compareTo(BigDecimal.ONE) <= 0 ? part : part.movePointLeft(2);
    }

    /**
     * How far on the way to the target a part is taken, in percent: a scalper early, a runner of trends late. Without
     * a mode it is swing (docs/decisions/0009).
     */
    private static BigDecimal share(@Nullable String mode, String field) {
        return switch (mode == null ? "" : mode.toLowerCase(Locale.ROOT)) {
            case "", "swing" -> new BigDecimal("50");
            case "scalper" -> new BigDecimal("25");
            case "trend_runner" -> new BigDecimal("75");
            default -> throw new BadField(field, "must have the mode scalper, swing or trend_runner");
        };
    }

    /**
     * In percent of the best price. One that is too near has a reason of its own: producers that mean 1 percent send
     * 0.01, and such a stop closes at the first tick back.
     */
    private static @Nullable BigDecimal trailing(Fields f, String... names) {
        BigDecimal value = f.percent(names);
        if (value != null && value.compareTo(LEAST) < 0) {
            throw new BadField(f.nameOf(names), fraction(value), Refusal.TRAILING_INVALID);
        }
        return value;
    }

    /** In percent of the entry; 0 for never. Whether it covers the fees is judged by the configuration, later. */
    private static @Nullable BigDecimal breakEven(Fields f) {
        BigDecimal value = f.number("break_even_pct");
        if (value != null && (value.signum() < 0 || value.compareTo(HUNDRED) >= 0)) {
            throw new BadField("break_even_pct", "is a percentage and must be 0 to below 100");
        }
        return value;
    }

    /** From the first fill on; zero for never, null for the configured time. */
    private static @Nullable Duration maxTime(Fields f) {
        BigDecimal value = f.number(MAX_TIME);
        if (value == null) {
            return null;
        }
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        if (!whole || value.signum() < 0 || value.compareTo(LONGEST_SECONDS) > 0) {
            throw new BadField(MAX_TIME, "must be whole seconds from 0 to " + LONGEST_SECONDS.toPlainString());
        }
        return Duration.ofSeconds(value.longValueExact());
    }

    /** A text or a list of objects. An empty list means none, null that nothing is said. */
    private static @Nullable List<Rung> ladder(Fields f) {
        try {
            if (f.isText(LADDER)) {
                return farEnough(Rung.ladder(Objects.requireNonNull(f.text(LADDER))));
            }
            List<Fields> given = f.objects(LADDER);
            if (given == null) {
                return null;
            }
            List<Rung> rungs = new ArrayList<>();
            for (Fields rung : given) {
                rungs.add(Rung.ofEntry(present(rung, "at_pct"), present(rung, "fraction")));
            }
            return farEnough(Rung.ladder(rungs));
        } catch (IllegalArgumentException e) {
            // A rung knows what is wrong with it, and the report needs the field's name as well.
            throw new BadField(LADDER, String.valueOf(e.getMessage()), Refusal.LADDER_INVALID);
        }
    }

    /** Rungs rise, so that the first one lies nearest. */
    private static List<Rung> farEnough(List<Rung> rungs) {
        if (!rungs.isEmpty() && rungs.getFirst().at().compareTo(LEAST) < 0) {
            throw new BadField(
                    LADDER, "has a rung that " + fraction(rungs.getFirst().at()), Refusal.LADDER_INVALID);
        }
        return rungs;
    }

    /** A default for a missing figure would close a part that nobody named. */
    private static BigDecimal present(Fields rung, String name) {
        BigDecimal value = rung.number(name);
        if (value == null) {
            throw new BadField(LADDER, "has a rung without " + name);
        }
        return value;
    }
}
