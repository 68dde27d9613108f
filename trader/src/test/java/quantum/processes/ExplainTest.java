package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.Exchange;
import quantum.trader.Floor;
import quantum.trader.WireForm;
import quantum.trader.ledger.LedgerView;

/** An intent whose answer is lost and whose process dies twice: what is told of it afterwards is what happened. */
class ExplainTest {

    private static final String INTENT = "twice-killed";
    private static final String SYMBOL = "ETHUSDT";
    private static final List<String> STORY = List.of(
            "received",
            "decided",
            "sent",
            "no answer",
            "asked",
            "process stopped",
            "started again",
            "process stopped",
            "started again",
            "proven",
            "filled");
    /** The report waits for the stop half a second, so that nothing decides which of them comes first. */
    private static final List<String> LAST = List.of("protected", "reported");

    private static final Pattern STEP = Pattern.compile("(?m)^  (\\S+(?: \\S+)*) +#+ +([0-9]+\\.[0-9]{3}) ms$");

    @Test
    void twoCrashesAndALostAnswerAreToldAsTheyWere(@TempDir Path directory) {
        try (Installation at = Installation.open(directory, Map.of())) {
            Exchange exchange = at.exchange();
            exchange.holdAll();
            try (Instance first = at.start().awaitReady()) {
                nobodyTells(exchange);
                Map<String, String> open = Floor.fields(INTENT, SYMBOL, "BUY", "position_size_usd", "100");
                at.send(WireForm.BRIDGE.wrap(open));
                await().atMost(Floor.PATIENCE).until(() -> at.ledgerKnows(ExplainTest::isAskedAbout));
                first.kill();
            }
            try (Instance second = at.start()) {
                int before = questions(exchange);
                await().atMost(Floor.PATIENCE).until(() -> questions(exchange) > before);
                second.kill();
            }
            exchange.clearFaults();
            try (Instance third = at.start()) {
                assertThat(text(at.awaitEnding(INTENT), "status")).isEqualTo("filled");
                await().atMost(Floor.PATIENCE).until(() -> at.ledgerKnows(ExplainTest::isProtected));
                assertTold(at.run("explain", INTENT).output());
                assertThat(at.run("explain", INTENT, "--json").output()).contains("\"event\":\"KILLED\"");
                third.awaitReady();
            }
            assertThat(exchange.orders(SYMBOL)).hasSize(1);
            assertThat(exchange.orderRequests(SYMBOL)).hasSize(1);
            try (LedgerView ledger = at.ledger()) {
                assertThat(ledger.verifyChain().faults()).isEmpty();
            }
        }
    }

    /** The order is executed, its answer is lost, questions fail and the user stream says nothing. */
    private static void nobodyTells(Exchange exchange) {
        exchange.fault("lost_after", "POST /fapi/v1/order", SYMBOL);
        exchange.fault("http", "GET /fapi/v1/order", SYMBOL, ",\"answer\":\"unavailable\",\"forMillis\":600000");
        exchange.post("/sim/fault", "{\"kind\":\"silence\",\"millis\":600000}");
    }

    private static boolean isAskedAbout(LedgerView ledger) {
        return ledger.intent(INTENT)
                .map(intent -> intent.stages().containsKey("asked"))
                .orElse(false);
    }

    private static boolean isProtected(LedgerView ledger) {
        return ledger.intent(INTENT)
                .map(intent -> intent.stages().containsKey("protected"))
                .orElse(false);
    }

    private static int questions(Exchange exchange) {
        return exchange.requests("GET", "/fapi/v1/order").size();
    }

    private static void assertTold(String output) {
        List<String> told = STEP.matcher(output)
                .results()
                .map(step -> step.group(1))
                .map(words -> words.startsWith("process stopped") ? "process stopped" : words)
                .toList();
        assertThat(told).as(output).hasSize(STORY.size() + LAST.size()).startsWith(STORY.toArray(String[]::new));
        assertThat(told.subList(STORY.size(), told.size())).as(output).containsExactlyInAnyOrderElementsOf(LAST);
        List<BigDecimal> times = STEP.matcher(output)
                .results()
                .map(step -> new BigDecimal(step.group(2)))
                .toList();
        assertThat(times).isSorted();
        Matcher ending = Pattern.compile("(?m)^ending +FILLED$").matcher(output);
        assertThat(ending.find()).as(output).isTrue();
    }
}
