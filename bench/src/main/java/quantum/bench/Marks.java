package quantum.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A frame with the mark prices of all symbols each second to several listeners, and how far behind they hear it. */
final class Marks {

    static final int SYMBOLS = 1_000;
    static final int LISTENERS = 10;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final String TIME = "\"E\":";
    private static final int DIGITS = 13;

    private Marks() {}

    /** Lag of all frames, frames of the listener that heard fewest, and processor seconds a second. */
    record Found(Samples lag, long seconds, long fewest, double cores) {}

    private static final class Listener implements WebSocket.Listener {

        private final StringBuilder frame = new StringBuilder();
        private final List<Long> lags = new ArrayList<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                hear();
                frame.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private synchronized void hear() {
            long heard = Clock.epochNanos();
            int from = frame.indexOf(TIME) + TIME.length();
            long sent = Long.parseLong(frame, from, from + DIGITS, 10);
            lags.add(heard - TimeUnit.MILLISECONDS.toNanos(sent));
        }

        synchronized List<Long> take() {
            List<Long> taken = List.copyOf(lags);
            lags.clear();
            return taken;
        }
    }

    static Found measure() throws InterruptedException {
        try (Exchange exchange = new Exchange(Duration.ZERO, Duration.ZERO);
                HttpClient client = HttpClient.newHttpClient()) {
            exchange.list(SYMBOLS);
            URI address = URI.create(exchange.address().replace("http:", "ws:") + "/market/ws/!markPrice@arr@1s");
            List<Listener> listeners = new ArrayList<>();
            List<WebSocket> sockets = new ArrayList<>();
            for (int i = 0; i < LISTENERS; i++) {
                Listener listener = new Listener();
                listeners.add(listener);
                sockets.add(client.newWebSocketBuilder()
                        .buildAsync(address, listener)
                        .join());
            }
            TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
            listeners.forEach(Listener::take);
            double before = processorSeconds();
            TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
            double used = processorSeconds() - before;
            Samples lag = new Samples();
            long fewest = Long.MAX_VALUE;
            for (Listener listener : listeners) {
                List<Long> heard = listener.take();
                heard.forEach(lag::add);
                fewest = Math.min(fewest, heard.size());
            }
            sockets.forEach(WebSocket::abort);
            client.shutdownNow();
            return new Found(lag, MEASURED.toSeconds(), fewest, used / MEASURED.toSeconds());
        }
    }

    private static double processorSeconds() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            return system.getProcessCpuTime() / 1e9;
        }
        return 0;
    }
}
