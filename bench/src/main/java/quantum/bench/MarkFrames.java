package quantum.bench;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Another listener to the marks of all symbols: it keeps each frame, and is asked afterwards which one passed a level. */
final class MarkFrames implements WebSocket.Listener, AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final StringBuilder parts = new StringBuilder();
    private final List<Frame> frames = new ArrayList<>();

    private record Frame(String text, long heardAt) {}

    /** The first price beyond a level: the exchange's time of it, cut to a millisecond, and when it was here. */
    record Passed(long at, long heardAt) {}

    MarkFrames(Exchange exchange) {
        URI address = URI.create(exchange.address().replace("http:", "ws:") + "/market/ws/!markPrice@arr@1s");
        socket = client.newWebSocketBuilder().buildAsync(address, this).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket source, CharSequence data, boolean last) {
        parts.append(data);
        if (last) {
            keep(new Frame(parts.toString(), Clock.epochNanos()));
            parts.setLength(0);
        }
        source.request(1);
        return null;
    }

    private synchronized void keep(Frame frame) {
        frames.add(frame);
    }

    /** When each symbol was first seen at or below its level. */
    synchronized Map<String, Passed> passed(Map<String, BigDecimal> levels) {
        Map<String, Passed> passed = new HashMap<>();
        for (Frame frame : frames) {
            for (JsonNode row : Json.read(frame.text)) {
                String symbol = row.path("s").asString();
                BigDecimal level = levels.get(symbol);
                if (level != null && new BigDecimal(row.path("p").asString()).compareTo(level) <= 0) {
                    long at = TimeUnit.MILLISECONDS.toNanos(row.path("E").asLong());
                    passed.putIfAbsent(symbol, new Passed(at, frame.heardAt));
                }
            }
        }
        return passed;
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
