package quantum.trader.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.desk.TradingState;
import quantum.guard.OperatorState;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Symbol;
import quantum.record.Entry;
import quantum.record.GuardRows;
import quantum.venue.VenueEvent.Unclear;

/**
 * The desk as the page and the interfaces show it. What is not known is absent. {@code last_seen} is when the exchange
 * was last heard, there only while it is gone: positions, marks and protection are as they were then.
 */
record Snapshot(
        String mode,
        String venue,
        String sample,
        String build,
        TradingState state,
        @Nullable Instant at,
        @Nullable Instant lastSeen,
        @Nullable Account account,
        List<Position> positions,
        List<Unclear> unclear,
        List<Entry.OrderRow> ordersInFlight,
        List<Ending> endings,
        @Nullable Guards guards,
        DeskView.@Nullable Counts counts) {

    private static final int SHOWN_ENDINGS = 20;

    /** What opens may use of the asset that most of the account's money is in, and why opens are halted where they are. */
    record Account(
            @Nullable BigDecimal freeMargin, @Nullable String marginAsset, boolean ledgerBehind, boolean degraded) {

        static Account of(DeskView.Status status) {
            Map.Entry<String, BigDecimal> main =
                    status.freeMargin().entrySet().stream().findFirst().orElse(null);
            return new Account(
                    main == null ? null : main.getValue(),
                    main == null ? null : main.getKey(),
                    status.ledgerBehind(),
                    status.degraded());
        }
    }

    /**
     * One position; {@code unprotected_seconds} is absent while its stop is live, {@code unlisted} is true where the
     * exchange's rules do not list its symbol.
     */
    record Position(
            String symbol,
            String direction,
            BigDecimal quantity,
            BigDecimal entryPrice,
            @Nullable BigDecimal mark,
            @Nullable Instant markAt,
            int leverage,
            DeskView.LevelView stop,
            DeskView.LevelView target,
            @Nullable BigDecimal trailing,
            DeskView.WatchView watch,
            @Nullable BigDecimal unrealisedUsd,
            @Nullable BigDecimal unprotectedSeconds,
            Instant openedAt,
            boolean found,
            boolean unlisted,
            @Nullable String intentId) {

        private Position untimed() {
            return new Position(
                    symbol,
                    direction,
                    quantity,
                    entryPrice,
                    mark,
                    null,
                    leverage,
                    stop,
                    target,
                    trailing,
                    watch,
                    unrealisedUsd,
                    unprotectedSeconds,
                    openedAt,
                    found,
                    unlisted,
                    intentId);
        }
    }

    /** One intent; {@code meaning} explains the reason, {@code stages_ms} are milliseconds since it was received. */
    record Ending(
            String intentId,
            String traceId,
            String symbol,
            String action,
            @Nullable String clientOrderId,
            @Nullable String terminalState,
            @Nullable String reason,
            @Nullable String meaning,
            @Nullable String detail,
            String messageId,
            Instant receivedAt,
            Map<String, BigDecimal> stagesMs) {}

    /**
     * What holds opens back, and until when; symbols that were flattened, true while they still are; symbols that the
     * breaker stopped.
     */
    record Guards(
            boolean paused,
            boolean halted,
            boolean flattening,
            Map<String, Boolean> flattened,
            List<String> latched,
            @Nullable Instant safeModeUntil,
            @Nullable Instant cooldownUntil,
            Map<String, Instant> symbolCooldowns,
            int opensLastMinute,
            int marginFailures) {}

    static Snapshot of(@Nullable DeskView view, PageOptions options) {
        TradingState state = TradingState.of(view);
        if (view == null) {
            return new Snapshot(
                    options.mode(),
                    options.venue(),
                    options.sample(),
                    options.build(),
                    state,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null);
        }
        DeskView.Status status = view.status();
        return new Snapshot(
                options.mode(),
                options.venue(),
                options.sample(),
                options.build(),
                state,
                view.at(),
                status.contact().lost() ? status.contact().heardAt() : null,
                Account.of(status),
                view.positions().stream().map(Snapshot::position).toList(),
                view.unclear(),
                view.ordersInFlight(),
                view.endings().stream()
                        .limit(SHOWN_ENDINGS)
                        .map(Snapshot::ending)
                        .toList(),
                guards(view.guards(), view.at()),
                view.counts());
    }

    static Position position(DeskView.PositionView p) {
        return new Position(
                p.symbol(),
                p.direction(),
                p.quantity(),
                p.entryPrice(),
                p.mark(),
                p.markAt(),
                p.leverage(),
                p.stop(),
                p.target(),
                p.trailing(),
                p.watch(),
                p.unrealised() == null ? null : p.unrealised().setScale(4, RoundingMode.HALF_EVEN),
                p.unprotectedFor().isZero() ? null : Health.seconds(p.unprotectedFor()),
                p.openedAt(),
                p.found(),
                p.unlisted(),
                p.intentId());
    }

    static Ending ending(Entry.IntentRow row) {
        Map<String, BigDecimal> stages = new LinkedHashMap<>();
        stages.put(Stage.RECEIVED.word(), BigDecimal.ZERO);
        row.stages().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(stage -> stages.put(stage.getKey(), BigDecimal.valueOf(stage.getValue(), 3)));
        return new Ending(
                row.intentId(),
                row.traceId(),
                row.symbol(),
                row.action(),
                row.clientOrderId(),
                row.terminalState(),
                row.reason(),
                meaning(row.reason()),
                row.detail(),
                row.messageId(),
                row.receivedAt(),
                stages);
    }

    /** A ledger may hold reasons of another version; those have no sentence here. */
    private static @Nullable String meaning(@Nullable String reason) {
        for (Refusal why : Refusal.values()) {
            if (why.name().equals(reason)) {
                return why.meaning();
            }
        }
        return null;
    }

    static Guards guards(Entry.GuardRow row, Instant now) {
        Map<String, Instant> cooldowns = new LinkedHashMap<>();
        row.symbolCooldowns().forEach((symbol, until) -> {
            if (now.isBefore(until)) {
                cooldowns.put(symbol, until);
            }
        });
        OperatorState standing = GuardRows.guards(row).standing();
        Map<String, Boolean> flattened = new TreeMap<>();
        standing.flattened().forEach((symbol, going) -> flattened.put(symbol.name(), going));
        return new Guards(
                row.paused(),
                standing.state() == OperatorState.State.HALTED,
                standing.isFlattening(),
                flattened,
                standing.latched().stream().map(Symbol::name).sorted().toList(),
                ahead(row.safeMode(), now),
                ahead(row.globalCooldown(), now),
                cooldowns,
                since(row.openedAt(), now.minusSeconds(60)),
                since(row.marginFailures(), now.minusSeconds(300)));
    }

    /** The desk drops what is too old only when something new comes. */
    private static int since(List<Instant> times, Instant start) {
        return (int) times.stream().filter(start::isBefore).count();
    }

    private static @Nullable Instant ahead(@Nullable Instant until, Instant now) {
        return until != null && now.isBefore(until) ? until : null;
    }

    /** Whether it shows anything else than another; time alone is no news. */
    boolean showsTheSameAs(Snapshot other) {
        return untimed().equals(other.untimed());
    }

    /** Without when it was seen, and when each mark was told: a mark that is told again is the same mark. */
    private Snapshot untimed() {
        return new Snapshot(
                mode,
                venue,
                sample,
                build,
                state,
                null,
                lastSeen,
                account,
                positions.stream().map(Position::untimed).toList(),
                unclear,
                ordersInFlight,
                endings,
                guards,
                counts);
    }
}
