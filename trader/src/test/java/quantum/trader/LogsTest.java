package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.trader.venue.Venue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines as a collector of logs takes them. */
class LogsTest {

    private static List<JsonNode> written(Runnable speaker) throws JoranException {
        PrintStream before = System.out;
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        System.setOut(new PrintStream(taken, true, StandardCharsets.UTF_8));
        try {
            Program.logToConsole(true);
            speaker.run();
        } finally {
            System.setOut(before);
            context.reset();
            new ContextInitializer(context).autoConfig();
        }
        return taken.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    private static Effect.Log line(Marker marker, String... pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return new Effect.Log(marker, fields);
    }

    @Test
    void m12_aLineOfTheDeskHasOneFieldAKey() throws JoranException {
        JsonNode order = written(() -> Logs.write(
                        line(
                                Marker.ORDER_ERROR,
                                "symbol",
                                "ETHUSDT",
                                "clientOrderId",
                                "q-1-o",
                                "message",
                                "no {} \"x\""),
                        Venue.BINANCE))
                .getFirst();
        assertThat(Exchange.text(order, "marker")).isEqualTo("ORDER_ERROR");
        assertThat(Exchange.text(order, "symbol")).isEqualTo("ETHUSDT");
        assertThat(Exchange.text(order, "clientOrderId")).isEqualTo("q-1-o");
        assertThat(Exchange.text(order, "exchange_message")).isEqualTo("no {} \"x\"");
        assertThat(Exchange.text(order, "message"))
                .isEqualTo("ORDER_ERROR symbol=ETHUSDT clientOrderId=q-1-o message=\"no {} 'x'\"");
        assertThat(Exchange.text(order, "level")).isEqualTo("ERROR");
        JsonNode ending = written(
                        () -> Logs.write(line(Marker.TERMINAL_STATE, "", "FILLED", "intent_id", "i-1"), Venue.BINANCE))
                .getFirst();
        assertThat(Exchange.text(ending, "terminal_state")).isEqualTo("FILLED");
        assertThat(Exchange.text(ending, "intent_id")).isEqualTo("i-1");
    }

    @Test
    void m12_anAlertHasTheLevelOfItsSeverity() throws JoranException {
        List<JsonNode> alerts = written(() -> List.of("CRITICAL", "WARNING", "INFO")
                .forEach(severity -> Logs.write(line(Marker.ALERT, "key", "k", "severity", severity), Venue.BINANCE)));
        assertThat(alerts).extracting(alert -> Exchange.text(alert, "level")).containsExactly("ERROR", "WARN", "INFO");
    }

    @Test
    void theCodeOfTheExchangeBearsItsName() throws JoranException {
        Effect.Log line = line(Marker.ORDER_ERROR, "exchange_code", "-2010");
        List<JsonNode> error = written(() -> List.of(Venue.values()).forEach(venue -> Logs.write(line, venue)));
        assertThat(error)
                .extracting(row -> Exchange.text(row, "message"))
                .containsExactly("ORDER_ERROR binance_code=-2010", "ORDER_ERROR crypto_com_code=-2010");
        assertThat(Exchange.text(error.getFirst(), "binance_code")).isEqualTo("-2010");
    }

    /** Seed 002 looks for the name of the exchange; each venue gives its own. */
    @Test
    void thatTheExchangeCannotBeUsedSaysWhichOne() throws JoranException {
        Effect.Log line = line(Marker.FATAL, "cause", "silence");
        List<JsonNode> fatal = written(() -> List.of(Venue.values()).forEach(venue -> Logs.write(line, venue)));
        assertThat(fatal)
                .extracting(row -> Exchange.text(row, "message"))
                .containsExactly(
                        "FATAL_BINANCE_UNAVAILABLE cause=silence", "FATAL_CRYPTO_COM_UNAVAILABLE cause=silence");
    }

    @Test
    void m12_aLineOfTheProgramHasTheFieldsOfItsPattern() throws JoranException {
        Logger log = LoggerFactory.getLogger("program");
        JsonNode started = written(() -> log.info("SERVICE_STARTED version={} page=http://x:{}", "1", 80))
                .getFirst();
        assertThat(Exchange.text(started, "marker")).isEqualTo("SERVICE_STARTED");
        assertThat(Exchange.text(started, "version")).isEqualTo("1");
        assertThat(started.has("page")).isFalse();
        assertThat(written(() -> log.warn("a sentence")).getFirst().has("marker"))
                .isFalse();
    }
}
