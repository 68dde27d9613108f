package quantum.binance;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the user stream still tells what happens. A quiet account's stream is silent, and so is a dead one, so what
 * the exchange lists is held against what the stream said of the same things: a change that it does not tell within
 * some seconds, and that a second reading confirms, is proof that it is deaf (binance-usdm 5.1).
 */
final class StreamAudit {

    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Readings may lag behind the stream; what it told in this time is newer (binance-usdm 3.5, reliability F40). */
    private static final Duration LAG = Duration.ofSeconds(15);

    /** An amount and the monotonic time at which the stream told it; zero time for one that was read. */
    private record Fact(BigDecimal amount, long toldNanos) {
        private static final Fact NOTHING = new Fact(BigDecimal.ZERO, 0);

        boolean says(BigDecimal other) {
            return amount.compareTo(other) == 0;
        }
    }

    private final Conversation talk;
    private final Runnable readAgain;
    private final Consumer<String> deaf;
    private final Map<String, Fact> facts = new HashMap<>();
    private final Set<String> suspects = new HashSet<>();
    private long suspectedNanos;
    private long openedNanos;
    private boolean hasStart;

    /** The readings are the caller's to make: {@code readAgain} has to lead to {@link #read}. */
    StreamAudit(Conversation talk, Runnable readAgain, Consumer<String> deaf) {
        this.talk = talk;
        this.readAgain = readAgain;
        this.deaf = deaf;
    }

    /** The stream is new: what the next readings show is where it starts, for they may lag behind its opening. */
    void opened() {
        hasStart = false;
        openedNanos = talk.now().nanos();
        facts.clear();
        suspects.clear();
    }

    /** The stream tells an amount. */
    void told(String name, BigDecimal amount) {
        facts.put(name, new Fact(amount, talk.now().nanos()));
        suspects.remove(name);
    }

    /** A reading of everything that there is, asked for at a monotonic time; what it does not name is zero. */
    void read(Map<String, BigDecimal> amounts, long askedNanos) {
        boolean isStart = !hasStart || openedNanos + LAG.toNanos() - askedNanos >= 0;
        Set<String> differing = new HashSet<>();
        Set<String> names = new HashSet<>(facts.keySet());
        names.addAll(amounts.keySet());
        for (String name : names) {
            Fact known = facts.getOrDefault(name, Fact.NOTHING);
            BigDecimal shown = amounts.getOrDefault(name, BigDecimal.ZERO);
            boolean isNewer = known.toldNanos() != 0 && known.toldNanos() + LAG.toNanos() - askedNanos >= 0;
            if (isNewer) {
                continue;
            }
            if (isStart) {
                facts.put(name, new Fact(shown, 0));
            } else if (!known.says(shown)) {
                differing.add(name);
            } else if (shown.signum() == 0) {
                facts.remove(name);
            }
        }
        hasStart = true;
        judge(differing, amounts, askedNanos);
    }

    private void judge(Set<String> differing, Map<String, BigDecimal> amounts, long askedNanos) {
        suspects.retainAll(differing);
        String untold = suspects.stream().sorted().findFirst().orElse(null);
        if (differing.isEmpty()) {
            return;
        }
        if (untold == null) {
            suspects.addAll(differing);
            suspectedNanos = talk.now().nanos();
            talk.wakeIn(GRACE, () -> {
                if (!suspects.isEmpty()) {
                    readAgain.run();
                }
            });
        } else if (askedNanos - suspectedNanos >= GRACE.toNanos()) {
            deaf.accept(untold + " is " + plain(amounts.get(untold)));
        }
    }

    private static String plain(@Nullable BigDecimal amount) {
        return amount == null ? "0" : amount.toPlainString();
    }
}
