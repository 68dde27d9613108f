package quantum.trader.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The five switches of the seeds' environment, understood so that nobody's old settings mean something else here. A
 * set that contradicts itself or the mode refuses to start (INC-I84), and "not the testnet" alone never means live.
 */
final class SeedFlags {

    private static final List<String> TESTNET =
            List.of("BINANCE_USE_TESTNET", "TESTNET", "USE_TESTNET", "BINANCE_TESTNET");
    private static final String PAPER = "PAPER_TRADING";
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off");

    private final Map<String, Boolean> testnet = new TreeMap<>();
    private final @Nullable Boolean paper;
    private final List<String> problems;

    SeedFlags(Map<String, String> environment, List<String> problems) {
        this.problems = problems;
        for (String name : TESTNET) {
            Boolean value = flag(environment, name);
            if (value != null) {
                testnet.put(name, value);
            }
        }
        this.paper = flag(environment, PAPER);
    }

    private @Nullable Boolean flag(Map<String, String> environment, String name) {
        String text = environment.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return TRUE.contains(text);
        }
        if (environment.containsKey(name)) {
            problems.add(name + "=" + text + " must be true or false (environment)");
        }
        return null;
    }

    /** A mode and the variable that asked for it. */
    record Wish(Mode mode, String variable) {}

    /** What the flags ask for where no mode is given; null if they ask for nothing. */
    @Nullable
    Wish wish(@Nullable Mode explicit) {
        if (testnet.containsValue(true) && testnet.containsValue(false)) {
            problems.add("the environment contradicts itself: " + assignments() + "; keep mode alone");
            return null;
        }
        boolean wantsTestnet = testnet.containsValue(true);
        if (wantsTestnet && Boolean.TRUE.equals(paper)) {
            problems.add(
                    "the environment contradicts itself: " + assignments() + ", " + PAPER + "=true; keep mode alone");
            return null;
        }
        if (explicit != null) {
            contradictions(explicit, wantsTestnet);
            return null;
        }
        if (wantsTestnet) {
            return new Wish(Mode.TESTNET, testnet.keySet().iterator().next());
        }
        if (Boolean.TRUE.equals(paper)) {
            return new Wish(Mode.PAPER, PAPER);
        }
        if (!testnet.isEmpty() || paper != null) {
            problems.add("the environment says only what is not wanted (" + assignments()
                    + (paper == null ? "" : " " + PAPER + "=false") + "); set mode");
        }
        return null;
    }

    private void contradictions(Mode explicit, boolean wantsTestnet) {
        if (!testnet.isEmpty() && wantsTestnet != (explicit == Mode.TESTNET)) {
            problems.add("mode " + explicit.word() + " contradicts the environment: " + assignments());
        }
        if (paper != null && paper != (explicit == Mode.PAPER)) {
            problems.add("mode " + explicit.word() + " contradicts the environment: " + PAPER + "=" + paper);
        }
    }

    private String assignments() {
        return testnet.entrySet().stream()
                .map(flag -> flag.getKey() + "=" + flag.getValue())
                .collect(Collectors.joining(", "));
    }
}
