package quantum.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.trader.Trader;
import quantum.trader.stream.StreamNames;
import tools.jackson.databind.JsonNode;

/**
 * Many positions whose resting stops somebody took off while the exchange takes no new ones, so that only the watch
 * guards them: from the price through a level to the close.
 */
final class Breaches implements AutoCloseable {

    static final int POSITIONS = 180;
    static final int SYMBOLS = 1_000;

    private static final int WARM_ROUNDS = 1;
    private static final int ROUNDS = 4;
    /** Positions whose level is passed in one frame. */
    private static final int TOGETHER = 3;
    /** Of a round's frames the first few are for warming up. */
    private static final int WARM_UP = 3;

    private static final int FRAMES = 17;
    /** Entries under way at a time while the positions are opened. */
    private static final int AHEAD = 10;
    /** Until what was taken off has been tried again so often that it is tried rarely. */
    private static final Duration CALM = Duration.ofSeconds(20);

    private static final double STOP_PCT = 3;
    private static final BigDecimal FALLEN = new BigDecimal("0.96");

    private final Exchange exchange;
    private final List<String> symbols;
    private final Quotes quotes;
    private final Producer producer;
    private final Reader reader;
    private final Floors floors;
    private final String[] ids = new String[POSITIONS];

    /**
     * What was found.
     *
     * @param close the exchange's time of the first price beyond the level until it has the close
     * @param heard from when another listener heard that price
     * @param floors bare steps, in turn with the closes
     */
    record Found(Samples close, Samples heard, Floors.Found floors) {
        Found() {
            this(new Samples(), new Samples(), new Floors.Found());
        }
    }

    private Breaches(Exchange exchange, List<String> symbols, Quotes quotes, Trader trader, Path data) {
        this.exchange = exchange;
        this.symbols = symbols;
        this.quotes = quotes;
        producer = new Producer(trader.redis(), StreamNames.DEFAULT);
        reader = new Reader(trader.redis(), StreamNames.DEFAULT);
        floors = new Floors(trader.redis(), data);
        Arrays.setAll(ids, number -> "breach-" + number);
    }

    static Found measure() throws IOException, InterruptedException {
        Found found = new Found();
        for (int round = 1; round <= WARM_ROUNDS + ROUNDS; round++) {
            round(round > WARM_ROUNDS ? found : new Found());
            System.err.print("\rround " + round + " of " + (WARM_ROUNDS + ROUNDS) + " ");
            System.err.flush();
        }
        System.err.println();
        return found;
    }

    private static void round(Found found) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("quantum-bench-");
        try (Exchange exchange = Exchange.quoted(Duration.ofMillis(3), Duration.ofMillis(5))) {
            List<String> symbols = exchange.list(Exchange.SYMBOLS.size() + SYMBOLS);
            try (Quotes quotes = new Quotes(exchange, symbols);
                    Trader trader = MeasuredTrader.start(data, exchange, POSITIONS);
                    Breaches breaches = new Breaches(exchange, symbols, quotes, trader, data)) {
                breaches.open();
                breaches.strip();
                breaches.fall(found);
            }
        } finally {
            Bench.delete(data);
        }
    }

    private void open() {
        for (int i = 0; i < POSITIONS + AHEAD; i++) {
            if (i < POSITIONS) {
                open(i);
            }
            if (i >= AHEAD) {
                opened(i - AHEAD);
            }
        }
    }

    private void open(int number) {
        producer.send(Producer.open(ids[number], symbols.get(number), "BUY").put("stop_loss_pct", STOP_PCT));
    }

    /** What is refused on a busy machine, an old price for example, is asked for once more. */
    private void opened(int number) {
        JsonNode first = reader.report(ids[number]).payload();
        if (isFilled(first)) {
            return;
        }
        ids[number] = ids[number] + "-again";
        open(number);
        JsonNode second = reader.report(ids[number]).payload();
        if (!isFilled(second)) {
            throw new IllegalStateException("the intents ended " + first + " and " + second);
        }
    }

    private static boolean isFilled(JsonNode report) {
        return "filled".equals(report.path("status").asString());
    }

    private void strip() throws InterruptedException {
        exchange.refuseConditionals();
        symbols.subList(0, POSITIONS).forEach(exchange::takeOff);
        TimeUnit.NANOSECONDS.sleep(CALM.toNanos());
    }

    private void fall(Found found) {
        Map<String, BigDecimal> levels = levels();
        try (MarkFrames frames = new MarkFrames(exchange)) {
            for (int first = 0; first < (WARM_UP + FRAMES) * TOGETHER; first += TOGETHER) {
                for (int i = first; i < first + TOGETHER; i++) {
                    quotes.fall(symbols.get(i), FALLEN);
                }
                for (int i = first; i < first + TOGETHER; i++) {
                    reader.closed(ids[i]);
                    floors.measure(first < WARM_UP * TOGETHER ? new Floors.Found() : found.floors);
                }
            }
            Map<String, MarkFrames.Passed> passed = frames.passed(levels);
            Map<String, Long> closes = closes();
            for (int i = WARM_UP * TOGETHER; i < (WARM_UP + FRAMES) * TOGETHER; i++) {
                MarkFrames.Passed price = known(passed, symbols.get(i));
                long closedAt = known(closes, symbols.get(i));
                found.close.add(closedAt - price.at());
                found.heard.add(closedAt - price.heardAt());
            }
        }
    }

    /** Where the stops lay that were taken off. */
    private Map<String, BigDecimal> levels() {
        Map<String, BigDecimal> levels = new HashMap<>();
        for (JsonNode stop : exchange.ledger().path("protections")) {
            String status = stop.path("status").asString();
            if (!"CANCELED".equals(status)) {
                throw new IllegalStateException("a conditional order is " + status);
            }
            if ("STOP_MARKET".equals(stop.path("type").asString())) {
                levels.put(
                        stop.path("symbol").asString(),
                        new BigDecimal(stop.path("triggerPrice").asString()));
            }
        }
        return levels;
    }

    /** When the first close of each symbol came; none is of a conditional order. */
    private Map<String, Long> closes() {
        Map<String, Long> closes = new HashMap<>();
        for (JsonNode order : exchange.ledger().path("orders")) {
            if ("SELL".equals(order.path("side").asString())) {
                if (order.has("algoId")) {
                    throw new IllegalStateException("a conditional order fired");
                }
                closes.merge(
                        order.path("symbol").asString(), order.path("createdAt").asLong(), Math::min);
            }
        }
        return closes;
    }

    private static <V> V known(Map<String, V> found, String symbol) {
        V value = found.get(symbol);
        if (value == null) {
            throw new IllegalStateException("nothing is known of " + symbol);
        }
        return value;
    }

    @Override
    public void close() {
        floors.close();
        reader.close();
        producer.close();
    }
}
