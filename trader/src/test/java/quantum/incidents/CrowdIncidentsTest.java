package quantum.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.guard.Limits;
import quantum.rules.Rules;
import quantum.trader.Exchange;
import quantum.trader.Floor;
import tools.jackson.databind.JsonNode;

/** What goes wrong only when much comes at once; docs/incidents.md tells each. */
class CrowdIncidentsTest {

    private static final int MOST_ROUNDS = 20;

    private static Rules rules(Limits.Rates rates, int positions) {
        Rules quick = Floor.quickRules();
        Limits limits = quick.limits();
        return quick.withLimits(new Limits(
                rates,
                limits.margin(),
                new Limits.Exposure(positions, 1, 10, new BigDecimal("60")),
                limits.openMaxAge(),
                limits.priceMaxAge()));
    }

    /** 19 and 17 positions where ten were allowed: several limits, none asked together with the order (INC-I38). */
    @Test
    void incI56_ofAllIntentsAtOnceExactlyAsManyOpenAsAllowed(@TempDir Path data) {
        try (Floor floor = Floor.open(data, rules(Floor.quickRules().limits().rates(), 10))) {
            List<String> symbols = floor.exchange().symbols();
            Map<String, Integer> endings = new TreeMap<>();
            List<String> asking = symbols;
            for (int round = 0; !asking.isEmpty(); round++) {
                assertThat(round).as("the disk keeps up in the end").isLessThan(MOST_ROUNDS);
                String prefix = round + "-";
                asking.forEach(symbol -> floor.open(prefix + symbol, symbol, "BUY", "150"));
                // On a busy machine the disk is too slow for a moment: an open is refused then, and asked for again.
                List<String> refused = new ArrayList<>();
                for (String symbol : asking) {
                    JsonNode report = floor.ending(prefix + symbol);
                    if ("LEDGER_BEHIND".equals(text(report, "reason"))) {
                        refused.add(symbol);
                    } else {
                        endings.merge(text(report, "status") + text(report, "reason"), 1, Integer::sum);
                    }
                }
                asking = refused;
            }
            assertThat(endings).isEqualTo(Map.of("filled", 10, "rejectedPOSITIONS_ABOVE_MAX", symbols.size() - 10));
            assertThat(symbols.stream()
                            .filter(symbol -> floor.exchange().held(symbol).signum() != 0))
                    .hasSize(10);
        }
    }

    /** Closes counted for the limits of opens: the sixth in a minute was dropped and could not be sent again. */
    @Test
    void incL02_fiftyClosesAtOnceAreFilledWhileOpensAreLimited(@TempDir Path data) {
        List<String> symbols = List.of(
                "XRPUSDT",
                "SOLUSDT",
                "LTCUSDT",
                "LINKUSDT",
                "DOTUSDT",
                "AVAXUSDT",
                "ATOMUSDT",
                "NEARUSDT",
                "BNBUSDT",
                "FILUSDT");
        try (Floor floor = Floor.open(data, rules(Limits.DEFAULT.rates(), 50))) {
            Exchange exchange = floor.exchange();
            exchange.balance("1000000");
            symbols.forEach(symbol -> exchange.byHand("BUY", symbol, "10"));
            await().atMost(Floor.PATIENCE)
                    .until(() -> symbols.stream()
                            .allMatch(symbol -> exchange.liveStops(symbol).size() == 1));
            List<String> others = exchange.symbols().stream()
                    .filter(symbol -> !symbols.contains(symbol))
                    .toList();
            others.forEach(symbol -> floor.open("open-" + symbol, symbol, "BUY", "150"));
            Instant start = Instant.now();
            for (int part = 0; part < 5; part++) {
                for (String symbol : symbols) {
                    floor.close(symbol + part, symbol, "quantity", "2");
                }
            }
            for (int part = 0; part < 5; part++) {
                for (String symbol : symbols) {
                    assertThat(text(floor.ending(symbol + part), "status")).isEqualTo("filled");
                }
            }
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(symbols)
                    .allSatisfy(symbol -> assertThat(exchange.held(symbol)).isEqualByComparingTo("0"));
            assertThat(others.stream()
                            .map(symbol -> text(floor.ending("open-" + symbol), "status"))
                            .filter("filled"::equals))
                    .hasSize(5);
        }
    }
}
