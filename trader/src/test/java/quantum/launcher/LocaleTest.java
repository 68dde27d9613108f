package quantum.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.Exchange;
import quantum.trader.Ports;

/** Symbols outside of ASCII where the machine has no locale: cron, systemd, slim images. */
class LocaleTest {

    private static final String SYMBOL = "\u5e01\u5b89\u4eba\u751fUSDT";

    @TempDir
    Path directory = Path.of("");

    @Test
    void xF15_symbolsAreSentShownAndClosedWithoutALocale() throws IOException, InterruptedException {
        Checkout checkout = Checkout.in(directory).built();
        Map<String, String> environment =
                new HashMap<>(Map.of("LC_ALL", "C", "QUANTUM_HTTP_PORT", freePort(), "QUANTUM_REDIS_PORT", "0"));
        Checkout.Run simulator = checkout.start(Map.of("LC_ALL", "C"), "exec ./quantum simulator --port 0");
        Checkout.Run service = null;
        try {
            simulator.awaitOutput("Ctrl-C stops");
            String url = simulator.output().replaceFirst("(?s).*simulator on (\\S+).*", "$1");
            post(url + "/sim/symbol", "{\"symbol\":\"" + SYMBOL + "\",\"like\":\"ADAUSDT\"}");
            Exchange.at(url).holdAll();
            environment.put("QUANTUM_SIMULATOR_URL", url);
            service = checkout.start(environment, "exec ./quantum run");
            service.awaitOutput("SERVICE_STARTED");
            service.awaitOutput("BOOTSTRAP COMPLETE");
            String buy = "./quantum send BUY " + SYMBOL + " 100usdt";
            Checkout.Run send = checkout.start(environment, buy);
            // On a busy machine the first record may be written too late; the order then does not leave.
            for (int again = 0;
                    again < 10 && send.exitCode() == 6 && send.output().contains("NOT_SENT");
                    again++) {
                send = checkout.start(environment, buy);
            }
            assertThat(send.exitCode()).as(send.output()).isZero();
            assertThat(send.output()).contains("filled   symbol " + SYMBOL);
            assertThat(service.output()).contains("ORDER_SUBMIT symbol=" + SYMBOL);
            Checkout.Run flatten = checkout.start(environment, "./quantum flatten " + SYMBOL + " --yes");
            assertThat(flatten.exitCode()).as(flatten.output()).isZero();
            assertThat(flatten.output()).contains(SYMBOL);
            Checkout.Run export = checkout.start(environment, "./quantum ledger export");
            assertThat(export.exitCode()).isZero();
            assertThat(export.output()).contains("\"" + SYMBOL + "\"").doesNotContain("????");
        } finally {
            if (service != null) {
                service.end();
            }
            simulator.end();
        }
    }

    private static String freePort() {
        return Integer.toString(Ports.free());
    }

    private static void post(String url, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }
}
