package quantum.trader.page;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.guard.OperatorState;
import quantum.intent.Refusal;
import quantum.market.Symbol;
import quantum.record.Entry;
import quantum.record.GuardRows;

/** A minute of a desk at work: three positions, an order that was filled, intents that were refused. */
final class Scene {

    final Instant at;

    Scene(Instant at) {
        this.at = at;
    }

    static BigDecimal decimal(String value) {
        return new BigDecimal(value);
    }

    DeskView calm() {
        return view(Duration.ZERO, decimal("96899.4"), guards(null));
    }

    DeskView moved(String mark) {
        return view(Duration.ZERO, decimal(mark), guards(null));
    }

    DeskView danger() {
        return view(Duration.ofMillis(6200), decimal("96120.0"), guards(at.plusSeconds(871)));
    }

    /** One symbol is being closed by order, and the others are held on. */
    DeskView flattening(String symbol) {
        OperatorState standing = OperatorState.ACTIVE.flattening(new Symbol(symbol));
        return view(
                Duration.ZERO,
                decimal("96899.4"),
                GuardRows.of(GuardRows.guards(guards(null)).with(standing)));
    }

    DeskView empty() {
        return new DeskView(
                at,
                status(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                noGuards(),
                new DeskView.Counts(0, 0, 0, 0, 0));
    }

    /** The exchange was last heard so long ago. */
    DeskView gone(Duration ago) {
        DeskView calm = calm();
        DeskView.Status status = calm.status();
        return new DeskView(
                calm.at(),
                new DeskView.Status(
                        status.ready(),
                        status.admitting(),
                        status.stopping(),
                        status.ledgerBehind(),
                        status.degraded(),
                        status.freeMargin(),
                        status.ages(),
                        new DeskView.Contact(at.minus(ago), true, Set.of("MARKET", "PRIVATE"))),
                calm.positions(),
                calm.unclear(),
                calm.ordersInFlight(),
                calm.endings(),
                calm.refusals(),
                calm.guards(),
                calm.counts());
    }

    private DeskView.Status status() {
        return new DeskView.Status(
                true,
                true,
                false,
                false,
                false,
                Map.of("USDT", decimal("8914.27")),
                new DeskView.Ages(at.minusSeconds(9), at),
                new DeskView.Contact(at, false, Set.of()));
    }

    private DeskView view(Duration unprotectedFor, BigDecimal mark, Entry.GuardRow guards) {
        return new DeskView(
                at,
                status(),
                List.of(
                        bitcoin(unprotectedFor, mark),
                        position("AXSUSDT", "LONG", "82", "2.4190", "2.4032", "2.3827", "2.4795", "-1.2956"),
                        position("NEARUSDT", "SHORT", "631", "1.5840", "1.5811", "1.6078", "1.5444", "1.8299")),
                List.of(),
                List.of(),
                Stream.concat(Stream.of(filled()), refusals().stream()).toList(),
                refusals(),
                guards,
                new DeskView.Counts(7, 3, 2, 2, unprotectedFor.isZero() ? 0 : 1));
    }

    private List<Entry.IntentRow> refusals() {
        return List.of(
                refused("i-eth", "ETHUSDT", "SELL", Refusal.COOLDOWN_SYMBOL, "allowed again at " + at.plusSeconds(252)),
                refused("i-doge", "NOSUCHUSDT", "BUY", Refusal.SYMBOL_UNKNOWN, "symbol NOSUCHUSDT is not listed"),
                refused(
                        "i-stop",
                        "SOLUSDT",
                        "BUY",
                        Refusal.STOP_WRONG_SIDE,
                        "stop_loss 251.3 for a LONG at mark 248.92"),
                refused("i-rate1", "BTCUSDT", "BUY", Refusal.RATE_SYMBOL, "1 order a symbol in 30 s"),
                refused("i-rate2", "BTCUSDT", "BUY", Refusal.RATE_SYMBOL, "1 order a symbol in 30 s"));
    }

    private DeskView.PositionView bitcoin(Duration unprotectedFor, BigDecimal mark) {
        boolean safe = unprotectedFor.isZero();
        return new DeskView.PositionView(
                "BTCUSDT",
                "LONG",
                decimal("0.015"),
                decimal("96412.0"),
                mark,
                at,
                3,
                new DeskView.LevelView(decimal("94966.0"), safe ? "RESTING" : "PLACING", safe ? "7001" : null),
                new DeskView.LevelView(decimal("98822.0"), "RESTING", "7002"),
                decimal("95702.0"),
                new DeskView.WatchView(
                        decimal("97376.1"),
                        at.plusSeconds(3_000),
                        List.of(
                                new DeskView.RungView(decimal("96894.0"), decimal("0.3"), true),
                                new DeskView.RungView(decimal("97858.0"), decimal("0.3"), false))),
                unprotectedFor,
                mark.subtract(decimal("96412.0")).multiply(decimal("0.015")),
                at.minusSeconds(95),
                false,
                false,
                "i-btc");
    }

    private DeskView.PositionView position(
            String symbol,
            String direction,
            String quantity,
            String entry,
            String mark,
            String stop,
            String target,
            String unrealised) {
        return new DeskView.PositionView(
                symbol,
                direction,
                decimal(quantity),
                decimal(entry),
                decimal(mark),
                at,
                1,
                new DeskView.LevelView(decimal(stop), "RESTING", symbol + "-s"),
                new DeskView.LevelView(decimal(target), "RESTING", symbol + "-t"),
                null,
                new DeskView.WatchView(null, null, List.of()),
                Duration.ZERO,
                decimal(unrealised),
                at.minusSeconds(400),
                symbol.equals("NEARUSDT"),
                false,
                null);
    }

    Entry.IntentRow filled() {
        Map<String, Long> stages = new LinkedHashMap<>();
        stages.put("judged", 812L);
        stages.put("submitted", 1_930L);
        stages.put("accepted", 32_410L);
        stages.put("filled", 208_700L);
        stages.put("protected", 272_300L);
        stages.put("reported", 272_655L);
        return intent("i-btc", "BTCUSDT", "BUY", "q-i-btc-o", "FILLED", null, null, stages);
    }

    Entry.IntentRow refused(String id, String symbol, String action, Refusal why, String detail) {
        return intent(id, symbol, action, null, why.terminalState(), why.name(), detail, Map.of("reported", 240L));
    }

    private Entry.IntentRow intent(
            String id,
            String symbol,
            String action,
            @Nullable String order,
            String ending,
            @Nullable String reason,
            @Nullable String detail,
            Map<String, Long> stages) {
        return new Entry.IntentRow(
                id,
                "trace-" + id,
                "digest",
                symbol,
                action,
                order,
                ending,
                reason,
                detail,
                "1763640000000-0",
                at.minusSeconds(60),
                stages,
                null);
    }

    Entry.OrderRow order() {
        return new Entry.OrderRow(
                "q-i-btc-o",
                "BTCUSDT",
                "BUY",
                "OPEN",
                decimal("0.015"),
                3,
                "i-btc",
                null,
                null,
                "Filled",
                "8001",
                decimal("96412.0"),
                decimal("0.015"),
                decimal("0.72309000"),
                null,
                at.minusSeconds(95),
                null,
                Entry.PlanRow.NONE,
                null);
    }

    private Entry.GuardRow guards(@Nullable Instant safeMode) {
        return new Entry.GuardRow(
                Map.of("BTCUSDT", at.minusSeconds(20)),
                List.of(at.minusSeconds(70), at.minusSeconds(20)),
                Map.of("ETHUSDT", at.plusSeconds(252)),
                null,
                List.of(at.minusSeconds(40)),
                safeMode,
                false,
                null);
    }

    private static Entry.GuardRow noGuards() {
        return new Entry.GuardRow(Map.of(), List.of(), Map.of(), null, List.of(), null, false, null);
    }
}
