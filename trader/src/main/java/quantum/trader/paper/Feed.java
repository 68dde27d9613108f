package quantum.trader.paper;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.http.Socket;
import quantum.http.Wire;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One public stream, opened for ever: an open socket proves nothing, so one that is silent for too long is given up like
 * a closed one (binance-usdm 1.2).
 */
final class Feed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Feed.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Wire wire;
    private final URI uri;
    private final Duration silence;
    private final Consumer<JsonNode> reader;
    private final BlockingQueue<Runnable> news = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().name("live-quotes").daemon().unstarted(this::run);
    private volatile boolean closing;
    private volatile @Nullable Socket socket;
    private long opensAtNanos = System.nanoTime();
    private long generation;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean unreadable;
    private boolean lossTold;

    Feed(Wire wire, String url, Duration silence, Consumer<JsonNode> reader) {
        this.wire = wire;
        this.uri = URI.create(url);
        this.silence = silence;
        this.reader = reader;
        thread.start();
    }

    private void run() {
        while (!closing) {
            look();
            try {
                Runnable said = news.poll(1, TimeUnit.SECONDS);
                if (said != null) {
                    said.run();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody may interrupt the live quotes", e);
            }
        }
    }

    private void open() {
        long mine = ++generation;
        heardNanos = System.nanoTime();
        socket = wire.open(uri, CONNECT, new Socket.Listener() {
            @Override
            public void opened() {}

            @Override
            public void text(String text) {
                heardNanos = System.nanoTime();
                read(text);
            }

            @Override
            public void closed(String cause) {
                news.add(() -> lost(mine, cause));
            }
        });
    }

    private void read(String text) {
        try {
            reader.accept(MAPPER.readTree(text));
        } catch (JacksonException e) {
            if (!unreadable) {
                unreadable = true;
                log.warn("a frame of {} cannot be read: {}", uri, e.getMessage());
            }
        }
    }

    private void look() {
        Socket open = socket;
        if (open == null && System.nanoTime() - opensAtNanos >= 0) {
            open();
        } else if (open != null && System.nanoTime() - heardNanos > silence.toNanos()) {
            lost(generation, "silent for " + silence.toSeconds() + " s");
        } else if (open != null && lossTold) {
            lossTold = false;
            log.info("{} is back", uri);
        }
    }

    private void lost(long connection, String cause) {
        Socket open = socket;
        if (connection != generation || open == null) {
            return;
        }
        if (!lossTold) {
            lossTold = true;
            log.warn("{} is lost: {}; prices are unknown until it is back", uri, cause);
        }
        socket = null;
        open.close();
        opensAtNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public void close() {
        closing = true;
        news.add(() -> {});
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Socket open = socket;
        if (open != null) {
            open.close();
        }
    }
}
