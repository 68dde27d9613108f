package quantum.trader.page;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.desk.TradingState;

/** The answers under {@code /health}: the seeds' fields, and what they lacked. */
record Health(
        String status,
        int trackedPositions,
        long exitsTriggered,
        long tpHits,
        long slHits,
        long trailingHits,
        @Nullable Instant lastCheckTime,
        String mode,
        TradingState state,
        String build,
        int unprotectedPositions,
        String protection,
        @Nullable Long lag,
        Map<String, Part> checks) {

    /** A new fill is without its stop for a moment, always; only beyond this it is unhealthy. */
    private static final Duration UNPROTECTED_LIMIT = Duration.ofSeconds(5);

    private static final DeskView.Counts NOTHING = new DeskView.Counts(0, 0, 0, 0, 0);

    /** One check. */
    record Part(
            boolean ok,
            @Nullable BigDecimal ageSeconds,
            @Nullable BigDecimal limitSeconds) {}

    static Health of(@Nullable DeskView view, Liveness liveness, PageOptions options) {
        Map<String, Part> checks = parts(liveness);
        boolean protectedInTime = view == null
                || (view.unclear().isEmpty()
                        && view.positions().stream()
                                .allMatch(p -> p.unprotectedFor().compareTo(UNPROTECTED_LIMIT) <= 0));
        Duration unseen = unseen(view);
        // What protects is known as long as the exchange is heard, and no longer.
        checks.put(
                "protection", new Part(protectedInTime && unseen == null, seconds(unseen), seconds(UNPROTECTED_LIMIT)));
        TradingState state = TradingState.of(view);
        boolean healthy = liveness.allOk() && protectedInTime && state.isWorking();
        DeskView.Counts counts = view == null ? NOTHING : view.counts();
        return new Health(
                healthy ? "healthy" : "unhealthy",
                view == null ? 0 : view.positions().size() + view.unclear().size(),
                counts.exits(),
                counts.targets(),
                counts.stops(),
                counts.trailings(),
                view == null ? null : view.status().ages().price(),
                options.mode(),
                state,
                options.build(),
                counts.unprotected(),
                protection(view, unseen),
                liveness.lag(),
                checks);
    }

    /** How long ago the exchange was last heard, while it is gone. */
    private static @Nullable Duration unseen(@Nullable DeskView view) {
        if (view == null || !view.status().contact().lost()) {
            return null;
        }
        Instant heard = view.status().contact().heardAt();
        return heard == null ? Duration.ZERO : Duration.between(heard, view.at());
    }

    private static String protection(@Nullable DeskView view, @Nullable Duration unseen) {
        if (view == null) {
            return "not known yet";
        }
        int held = view.positions().size();
        String words = held == 0
                ? "nothing is held"
                : held - view.counts().unprotected() + " of " + held + " positions have a live stop";
        return unseen == null ? words : words + ", as last seen " + unseen.toSeconds() + " s ago";
    }

    boolean isHealthy() {
        return "healthy".equals(status);
    }

    static Map<String, Part> parts(Liveness liveness) {
        Map<String, Part> parts = new LinkedHashMap<>();
        liveness.checks()
                .forEach((name, check) ->
                        parts.put(name, new Part(check.ok(), seconds(check.age()), seconds(check.limit()))));
        return parts;
    }

    static @Nullable BigDecimal seconds(@Nullable Duration duration) {
        return duration == null ? null : BigDecimal.valueOf(duration.toMillis(), 3);
    }
}
