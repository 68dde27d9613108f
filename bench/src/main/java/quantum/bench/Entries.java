package quantum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import quantum.trader.Trader;
import quantum.trader.ledger.LedgerView;
import quantum.trader.stream.StreamNames;

/**
 * Entries at a fixed pace, on many symbols in turn, over a line with a round trip: how long each position is without a
 * live stop.
 */
final class Entries implements AutoCloseable {

    static final Duration ROUND_TRIP = Duration.ofMillis(50);
    static final int SYMBOLS = 80;
    /** Entries a second. */
    static final int PACE = 10;

    private static final int WARM_UP = 2 * SYMBOLS;
    private static final int ENTRIES = 500;
    /** A position is closed when so many were opened after it. */
    private static final int HELD = 20;

    private final Producer producer;
    private final Reader reader;
    private final List<String> symbols;
    private final List<Trip> trips = new ArrayList<>();

    /**
     * What was found.
     *
     * @param exchange the fill at the exchange until the stop is live there
     * @param learned the fill as we hear of it until we see the stop live
     */
    record Found(Samples exchange, Samples learned) {}

    private record Trip(String intent, String order, String stop) {}

    private Entries(Trader trader, List<String> symbols) {
        this.symbols = symbols;
        producer = new Producer(trader.redis(), StreamNames.DEFAULT);
        reader = new Reader(trader.redis(), StreamNames.DEFAULT);
    }

    static Found measure() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("quantum-bench-");
        try (Exchange exchange = new Exchange(Duration.ofMillis(3), Duration.ofMillis(5))) {
            List<String> symbols = new ArrayList<>(Exchange.SYMBOLS);
            symbols.addAll(exchange.list(SYMBOLS));
            exchange.answerLate(ROUND_TRIP);
            try (Trader trader = MeasuredTrader.start(data, exchange, SYMBOLS);
                    Entries entries = new Entries(trader, symbols)) {
                entries.travel();
                return entries.evaluate(exchange, trader.ledger().view());
            }
        } finally {
            Bench.delete(data);
        }
    }

    /** Each entry is due at its time, whether those before it have their stops or not. */
    private void travel() {
        long due = System.nanoTime();
        for (int i = 0; i < WARM_UP + ENTRIES + HELD; i++) {
            due += TimeUnit.SECONDS.toNanos(1) / PACE;
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            if (i < WARM_UP + ENTRIES) {
                enter(i);
            }
            if (i >= HELD) {
                leave(i - HELD);
            }
        }
    }

    private void enter(int number) {
        if (number >= SYMBOLS) {
            reader.closed(id(number - SYMBOLS));
        }
        producer.send(Producer.open(id(number), symbol(number), number / SYMBOLS % 2 == 0 ? "BUY" : "SELL"));
    }

    private void leave(int number) {
        Reader.Seen reported = reader.report(id(number));
        if (!"filled".equals(reported.payload().path("status").asString())) {
            throw new IllegalStateException("the intent ended " + reported.payload());
        }
        if (number >= WARM_UP) {
            trips.add(new Trip(
                    id(number),
                    reported.payload().path("client_order_id").asString(),
                    reported.payload().path("stop_order_id").asString()));
        }
        producer.send(Producer.close(id(number) + "-close", symbol(number)));
    }

    private static String id(int number) {
        return "entry-" + number;
    }

    private String symbol(int number) {
        return symbols.get(number % SYMBOLS);
    }

    private Found evaluate(Exchange exchange, LedgerView ledger) {
        Map<String, Long> fills = new HashMap<>();
        Map<String, Long> stops = new HashMap<>();
        exchange.times((_, _) -> {}, fills::put, stops::put);
        Found found = new Found(new Samples(), new Samples());
        for (Trip trip : trips) {
            found.exchange.add(known(stops, trip.stop) - known(fills, trip.order));
            Map<String, Long> stages = ledger.intent(trip.intent).orElseThrow().stages();
            found.learned.add(TimeUnit.MICROSECONDS.toNanos(known(stages, "protected") - known(stages, "filled")));
        }
        return found;
    }

    private static long known(Map<String, Long> times, String name) {
        Long at = times.get(name);
        if (at == null) {
            throw new IllegalStateException("nobody knows " + name);
        }
        return at;
    }

    @Override
    public void close() {
        reader.close();
        producer.close();
    }
}
