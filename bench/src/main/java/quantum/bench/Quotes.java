package quantum.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import quantum.simulator.Quote;

/** Prices of many symbols that stay near their level, each with a new one every second. */
final class Quotes implements AutoCloseable {

    private static final BigDecimal LEVEL = BigDecimal.valueOf(50_000);
    /** A quarter of the symbols at a time. */
    private static final int PARTS = 4;
    /** Up and down by so many dollars, 0.04 % of the level. */
    private static final int NOISE = 20;

    private final Exchange exchange;
    private final List<String> symbols;
    private final Map<String, BigDecimal> levels = new ConcurrentHashMap<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Thread thread = Thread.ofPlatform().name("bench-quotes").unstarted(this::run);
    private volatile boolean stopping;

    Quotes(Exchange exchange, List<String> symbols) {
        this.exchange = exchange;
        this.symbols = symbols;
        for (int part = 0; part < PARTS; part++) {
            quote(part);
        }
        thread.start();
    }

    /** From its next price on a symbol is worth this part of what it was. */
    void fall(String symbol, BigDecimal part) {
        levels.put(symbol, LEVEL.multiply(part));
    }

    private void run() {
        long due = System.nanoTime();
        for (int part = 0; !stopping; part = (part + 1) % PARTS) {
            due += TimeUnit.SECONDS.toNanos(1) / PARTS;
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            quote(part);
        }
    }

    private void quote(int part) {
        List<Quote> quotes = new ArrayList<>();
        for (int i = part; i < symbols.size(); i += PARTS) {
            String symbol = symbols.get(i);
            BigDecimal noise = BigDecimal.valueOf(random.nextLong(-NOISE, NOISE + 1));
            quotes.add(new Quote(symbol, levels.getOrDefault(symbol, LEVEL).add(noise), null, null));
        }
        exchange.quote(quotes);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(3));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
