package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.desk.DeskView;
import quantum.position.PositionMode;
import tools.jackson.databind.JsonNode;

/** Every way through a position in both modes of an account, without one of the exchange's words for a wrong side. */
class PositionModeTest {

    private static final List<Integer> WRONG_SIDE = List.of(-4061, -1106, -2022);

    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource({
        "ONE_WAY, BUY, whole",
        "ONE_WAY, BUY, part",
        "ONE_WAY, BUY, stop",
        "ONE_WAY, SELL, whole",
        "ONE_WAY, SELL, part",
        "ONE_WAY, SELL, stop",
        "HEDGE, BUY, whole",
        "HEDGE, BUY, part",
        "HEDGE, BUY, stop",
        "HEDGE, SELL, whole",
        "HEDGE, SELL, part",
        "HEDGE, SELL, stop"
    })
    void opensProtectsAndEnds(PositionMode mode, String action, String end) {
        boolean isLong = "BUY".equals(action);
        try (Floor floor = Floor.open(data, Floor.quickRules().withPositions(mode))) {
            floor.exchange().price("BTCUSDT", "94000");
            floor.open("o", "BTCUSDT", action, "600", "stop_loss_pct", "1", "take_profit_pct", "2");
            assertThat(Exchange.text(floor.ending("o"), "status")).isEqualTo("filled");
            await().atMost(Floor.PATIENCE)
                    .until(() -> floor.exchange().liveStops("BTCUSDT").size() == 1
                            && floor.exchange().liveTargets("BTCUSDT").size() == 1);
            switch (end) {
                case "whole" -> floor.close("c", "BTCUSDT");
                case "part" -> {
                    floor.close("half", "BTCUSDT", "close_fraction", "0.5");
                    assertThat(Exchange.text(floor.ending("half"), "status")).isEqualTo("filled");
                    floor.close("rest", "BTCUSDT", "position_side", isLong ? "LONG" : "SHORT");
                }
                default -> floor.exchange().price("BTCUSDT", isLong ? "92400" : "95600");
            }
            JsonNode closed = floor.closed("BTCUSDT");
            assertThat(Exchange.text(closed, "position_side")).isEqualTo(isLong ? "LONG" : "SHORT");
            assertThat(Exchange.text(closed, "reason")).isEqualTo(end.equals("stop") ? "sl" : "signal");
            assertThat(Exchange.decimal(closed, "pnl_usd"))
                    .isEqualByComparingTo(floor.exchange().net("BTCUSDT"));
            await().atMost(Floor.PATIENCE)
                    .until(() -> floor.exchange().liveStops("BTCUSDT").isEmpty()
                            && floor.exchange().liveTargets("BTCUSDT").isEmpty());
            assertThat(wrongSides(floor)).isEmpty();
        }
    }

    @Test
    void aLongAndAShortOfOneSymbolLiveAndEndApart() {
        try (Floor floor = Floor.open(data, Floor.quickRules().withPositions(PositionMode.HEDGE))) {
            floor.exchange().price("BTCUSDT", "94000");
            floor.open("long", "BTCUSDT", "BUY", "600");
            floor.ending("long");
            floor.open("short", "BTCUSDT", "SELL", "1200");
            assertThat(Exchange.text(floor.ending("short"), "status")).isEqualTo("filled");
            await().atMost(Floor.PATIENCE)
                    .until(() -> floor.exchange().liveStops("BTCUSDT").size() == 2);

            floor.close("which", "BTCUSDT");
            assertThat(Exchange.text(floor.ending("which"), "reason")).isEqualTo("POSITION_SIDE_MISSING");
            floor.restart(() -> {});
            floor.close("c", "BTCUSDT", "position_side", "LONG");
            assertThat(Exchange.text(floor.closed("BTCUSDT"), "position_side")).isEqualTo("LONG");
            await().atMost(Floor.PATIENCE).until(() -> held(floor).equals(List.of("SHORT 0.012")));
            await().atMost(Floor.PATIENCE)
                    .until(() -> floor.exchange().liveStops("BTCUSDT").size() == 1);
            assertThat(wrongSides(floor)).isEmpty();
        }
    }

    private static List<String> held(Floor floor) {
        DeskView view = floor.trader().view();
        return view == null
                ? List.of()
                : view.positions().stream()
                        .map(p -> p.direction() + " "
                                + p.quantity().stripTrailingZeros().toPlainString())
                        .toList();
    }

    /** Answers that complain about a side or about reduce-only. */
    private static List<String> wrongSides(Floor floor) {
        List<String> found = new ArrayList<>();
        for (JsonNode request : floor.exchange().requestsAfter(0)) {
            JsonNode answer = request.path("answer");
            String body = answer.path("body").asString("");
            boolean isWrong = WRONG_SIDE.stream().anyMatch(code -> body.contains("\"code\":" + code + ","));
            if (isWrong) {
                found.add(Exchange.text(request, "path") + " " + request.path("parameters") + " -> " + body);
            }
        }
        return found;
    }
}
