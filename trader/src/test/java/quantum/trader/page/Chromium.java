package quantum.trader.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The installed browser without a window, asked over its own debugging protocol; one page at a time. */
final class Chromium implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> complaints = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private int lastId;

    Chromium(Path profile) throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        socket = client.newWebSocketBuilder()
                .buildAsync(pageOf(debuggingAddress()), new Listener())
                .join();
        call("Page.enable", Map.of());
        call("Log.enable", Map.of());
        call("Runtime.enable", Map.of());
    }

    private String debuggingAddress() throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher address = LISTENING.matcher(line);
            if (address.find()) {
                // What it says later must be read, or it stops when the pipe is full.
                Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
                return address.group(1);
            }
        }
        throw new IOException("chromium ended without a debugging address");
    }

    private URI pageOf(String address) throws IOException, InterruptedException {
        String targets = client.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/json/list"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        for (JsonNode target : Json.tree(targets)) {
            if (target.get("type").asString().equals("page")) {
                return URI.create(target.get("webSocketDebuggerUrl").asString());
            }
        }
        throw new IOException("chromium shows no page: " + targets);
    }

    /** How the next page looks: its width and height in pixels, and the preferred colours. */
    void shape(int width, int height, String scheme) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 800));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", new Object[] {Map.of("name", "prefers-color-scheme", "value", scheme)}));
    }

    void open(URI page) {
        call("Page.navigate", Map.of("url", page.toString()));
    }

    /** The value of an expression in the page, as text. */
    String read(String expression) {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true))
                .get("result")
                .get("result");
        JsonNode value = answer.get("value");
        return value == null ? "" : value.asString();
    }

    /** What a reader of the page sees, as one text. */
    String text() {
        return read("document.body.innerText").replaceAll("\\s+", " ");
    }

    void screenshot(Path target) throws IOException {
        String png = call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("result")
                .get("data")
                .asString();
        Files.write(target, Base64.getDecoder().decode(png));
    }

    /** Errors and refused resources that the browser logged so far. */
    String complaints() {
        StringBuilder all = new StringBuilder();
        for (JsonNode event : complaints) {
            all.append(event).append('\n');
        }
        return all.toString();
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        int id = ++lastId;
        socket.sendText(Json.text(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        try {
            while (true) {
                JsonNode answer = answers.poll(20, TimeUnit.SECONDS);
                if (answer == null) {
                    throw new IllegalStateException("chromium does not answer " + method);
                }
                if (answer.get("id").asInt() == id) {
                    if (answer.has("error")) {
                        throw new IllegalStateException(method + ": " + answer.get("error"));
                    }
                    return answer;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode message = Json.tree(text.toString());
                text.setLength(0);
                if (message.has("id")) {
                    answers.add(message);
                } else if (isComplaint(message)) {
                    complaints.add(message.get("params"));
                }
            }
            from.request(1);
            return null;
        }

        private static boolean isComplaint(JsonNode event) {
            return switch (event.get("method").asString()) {
                case "Runtime.exceptionThrown" -> true;
                case "Log.entryAdded" ->
                    event.get("params").get("entry").get("level").asString().equals("error");
                default -> false;
            };
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
