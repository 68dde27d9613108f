package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.intent.Closed;
import quantum.intent.Closed.Reason;
import quantum.position.PositionMode;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoStatus;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.OrderType;
import quantum.simulator.Setting;

/**
 * Never naked, whatever becomes of a position: each side, each mode, filled at once or in part, through everything that may
 * end it or take its stop away. It ends flat or protected, with one {@code trade.closed}, nothing left behind and books
 * that are equal (laws 1, 4, 5; INV-08..INV-14, INV-29).
 */
@Tag("schedules")
class ProtectionMatrixTest {

    private static final String SYMBOL = "ETHUSDT";
    private static final Fault.Answer NONE = new Fault.Answer(200, 0, "", null);
    private static final Fault.Answer OVERLOADED = new Fault.Answer(503, 0, "", "Service Unavailable.");
    private static final String ALGO = "/fapi/v1/algoOrder";

    /** What becomes of the position; with the reason told, or none if the position goes on. */
    enum Ending {
        STOP_FIRES(Reason.SL),
        TARGET_FIRES(Reason.TP),
        TRAILING(Reason.TRAILING),
        LADDER(Reason.TP),
        TIME(Reason.TIME),
        MANUAL_CLOSE(Reason.EXTERNAL),
        CLOSE_INTENT(Reason.SIGNAL),
        LIQUIDATION(Reason.LIQUIDATION),
        ADL(Reason.ADL),
        STOP_CANCELLED_BY_HAND,
        REJECTED_AT_TRIGGER(Reason.SL),
        STUCK_TRIGGERING(Reason.SL),
        FIRED_BUT_UNFILLED(Reason.SL),
        ALGO_SERVICE_DOWN(Reason.EMERGENCY),
        EXCHANGE_DOWN(Reason.SL),
        PROCESS_KILLED;

        private final @Nullable Reason reason;

        Ending() {
            this(null);
        }

        Ending(@Nullable Reason reason) {
            this.reason = reason;
        }
    }

    record Case(boolean isLong, PositionMode mode, boolean partial, Ending ending) {}

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Ending ending : Ending.values()) {
            for (PositionMode mode : PositionMode.values()) {
                for (boolean isLong : new boolean[] {true, false}) {
                    cases.add(new Case(isLong, mode, false, ending));
                    cases.add(new Case(isLong, mode, true, ending));
                }
            }
        }
        return cases.stream();
    }

    private static Stage stage(Case wanted) {
        return new Stage(new Setup(11, wanted.mode(), OrderEntry.REST, false, false));
    }

    /** A price that is so many hundredths of a percent better for the position, or worse. */
    private static String by(Case at, int basisPoints) {
        int signed = at.isLong() ? basisPoints : -basisPoints;
        return BigDecimal.valueOf(10_000L + signed).movePointLeft(4).toPlainString();
    }

    private static Map<String, String> open(Case at) {
        Map<String, String> intent = new HashMap<>();
        intent.put("intent_id", "entry");
        intent.put("symbol", SYMBOL);
        intent.put("action", at.isLong() ? "BUY" : "SELL");
        intent.put("position_size_usd", "600");
        intent.put("leverage", "5");
        if (at.ending() == Ending.LADDER) {
            intent.put("ladder", "1:0.5");
        }
        if (at.ending() == Ending.TIME) {
            intent.put("max_time_sec", "20");
        }
        return intent;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsFlatOrProtectedWithOneEndAndEqualBooks(Case at) {
        Stage stage = stage(at);
        if (at.partial()) {
            stage.act(Workload.Kind.PARTIAL_THEN_EXPIRE, SYMBOL);
        }
        arrange(stage, at);
        stage.send(open(at));
        stage.until("a position", () -> stage.held(SYMBOL) != null);
        happen(stage, at);

        assertThat(stage.verdict()).isEmpty();
        if (at.ending().reason == null) {
            assertThat(stage.isProtected()).isTrue();
            assertThat(stage.closed()).isEmpty();
            stage.move(SYMBOL, by(at, -200));
            stage.until("the end", () -> !stage.closed().isEmpty());
            assertThat(stage.verdict()).isEmpty();
        } else {
            assertThat(stage.closed())
                    .singleElement()
                    .extracting(Closed::reason)
                    .isEqualTo(at.ending().reason);
        }
        assertThat(stage.isFlat()).isTrue();
        assertThat(stage.account().algos().open()).isEmpty();
        assertThat(stage.closed()).hasSize(1);
    }

    /** What must be so before the position is opened. */
    private static void arrange(Stage stage, Case at) {
        if (at.ending() == Ending.REJECTED_AT_TRIGGER) {
            // The stop is the first conditional order that leaves.
            stage.fault(FaultKind.REJECTED_AT_TRIGGER, "POST", ALGO, NONE, null);
        }
        if (at.ending() == Ending.FIRED_BUT_UNFILLED) {
            stage.fault(FaultKind.UNFILLED_AT_TRIGGER, "POST", ALGO, NONE, null);
        }
        if (at.ending() == Ending.ALGO_SERVICE_DOWN) {
            stage.fault(FaultKind.HTTP, "*", ALGO, OVERLOADED, Duration.ofSeconds(20));
        }
    }

    private static void happen(Stage stage, Case at) {
        if (at.ending() != Ending.ALGO_SERVICE_DOWN && at.ending() != Ending.PROCESS_KILLED) {
            stage.until("a live stop", stage::isProtected);
            stage.run(Duration.ofSeconds(4));
        }
        switch (at.ending()) {
            case STOP_FIRES, REJECTED_AT_TRIGGER, FIRED_BUT_UNFILLED -> stage.move(SYMBOL, by(at, -170));
            case TARGET_FIRES -> stage.move(SYMBOL, by(at, 270));
            case TRAILING -> {
                stage.move(SYMBOL, by(at, 220));
                stage.run(Duration.ofSeconds(8));
                stage.move(SYMBOL, by(at, -170));
            }
            case LADDER -> {
                var before = amount(stage);
                stage.move(SYMBOL, by(at, 120));
                stage.until("half of it", () -> amount(stage).compareTo(before) < 0);
                stage.run(Duration.ofSeconds(5));
                stage.move(SYMBOL, by(at, 150));
            }
            case TIME -> stage.run(Duration.ofSeconds(25));
            case MANUAL_CLOSE -> stage.act(Workload.Kind.HAND_CLOSE, SYMBOL);
            case CLOSE_INTENT ->
                stage.send(Map.of("intent_id", "close", "symbol", SYMBOL, "action", "CLOSE", "reduceOnly", "true"));
            case LIQUIDATION -> stage.act(Workload.Kind.LIQUIDATION, SYMBOL);
            case ADL -> stage.act(Workload.Kind.DELEVERAGING, SYMBOL);
            case STOP_CANCELLED_BY_HAND -> {
                AlgoOrder stop = stop(stage);
                stage.exchange().conditionals().cancel(stage.account(), stop);
                stage.until("another stop", () -> hasStop(stage));
            }
            case STUCK_TRIGGERING -> {
                stage.exchange().settings().set(Setting.ALGO_DELAY_MILLIS, 20_000);
                stage.move(SYMBOL, by(at, -170));
            }
            case ALGO_SERVICE_DOWN -> stage.until("closed by rule", stage::isFlat);
            case EXCHANGE_DOWN -> {
                stage.cutOff(Duration.ofSeconds(60));
                stage.run(Duration.ofSeconds(10));
                stage.move(SYMBOL, by(at, -170));
                stage.run(Duration.ofSeconds(60));
            }
            case PROCESS_KILLED -> {
                stage.kill();
                stage.until("a stop after the restart", () -> hasStop(stage));
                stage.run(Duration.ofSeconds(10));
            }
        }
    }

    private static BigDecimal amount(Stage stage) {
        var held = stage.held(SYMBOL);
        return held == null ? BigDecimal.ZERO : held.amount().abs();
    }

    private static boolean hasStop(Stage stage) {
        return stage.account().algos().open().stream()
                .anyMatch(
                        algo -> algo.status() == AlgoStatus.NEW && algo.terms().type() == OrderType.STOP_MARKET);
    }

    private static AlgoOrder stop(Stage stage) {
        return stage.account().algos().open().stream()
                .filter(algo -> algo.terms().type() == OrderType.STOP_MARKET)
                .findFirst()
                .orElseThrow();
    }
}
