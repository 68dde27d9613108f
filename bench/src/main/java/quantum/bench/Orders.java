package quantum.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Signed market orders of a few clients in the same process: as many as the simulator takes, or so many a second. */
final class Orders {

    private static final int CLIENTS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(5);

    private final Exchange exchange;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile @Nullable RuntimeException failure;
    private volatile boolean measuring;
    private volatile boolean stopping;

    /** Nanoseconds between two orders of one client; 0 for no pause. */
    private final long pause;

    private final Samples answers = new Samples();

    private Orders(Exchange exchange, long pause) {
        this.exchange = exchange;
        this.pause = pause;
    }

    /** Orders a second, how many answers were lost on the way in the whole time, and how long the answers took. */
    record Found(double rate, long lost, Samples answers) {}

    static Found flood() throws InterruptedException {
        return measure(0);
    }

    /** Each order is due at its time, whether the one before was answered in time or not. */
    static Found paced(int ordersASecond) throws InterruptedException {
        return measure(Duration.ofSeconds(CLIENTS).toNanos() / ordersASecond);
    }

    private static Found measure(long pause) throws InterruptedException {
        try (Exchange exchange = new Exchange(Duration.ZERO, Duration.ZERO)) {
            return new Orders(exchange, pause).run();
        }
    }

    private Found run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String symbol = Exchange.SYMBOLS.get(i);
            threads.add(Thread.ofPlatform().name("orders-" + i).start(() -> run(symbol)));
        }
        TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
        measuring = true;
        long from = accepted.get();
        long began = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
        double rate = (accepted.get() - from) * 1e9 / (System.nanoTime() - began);
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        client.shutdownNow();
        RuntimeException cause = failure;
        if (cause != null) {
            throw cause;
        }
        return new Found(rate, lost.get(), answers);
    }

    private void run(String symbol) {
        try {
            send(symbol);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void send(String symbol) {
        String quantity = symbol.startsWith("BTC") ? "0.01" : "10";
        try {
            long due = System.nanoTime();
            for (boolean buy = true; !stopping; buy = !buy) {
                due = pause == 0 ? System.nanoTime() : due + pause;
                while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
                HttpRequest request = SignedRequest.of(
                        exchange.address(),
                        "POST",
                        "/fapi/v1/order",
                        "symbol=" + symbol + "&side=" + (buy ? "BUY" : "SELL") + "&type=MARKET&quantity=" + quantity);
                try {
                    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException("an order was answered " + response.body());
                    }
                    accepted.incrementAndGet();
                    answered(System.nanoTime() - due);
                } catch (IOException _) {
                    // Under full load the JDK's client now and then loses an answer to a race in its pool.
                    lost.incrementAndGet();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answered(long nanos) {
        if (!measuring) return;
        synchronized (answers) {
            answers.add(nanos);
        }
    }
}
