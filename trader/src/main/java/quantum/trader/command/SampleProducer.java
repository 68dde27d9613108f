package quantum.trader.command;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.desk.DeskView;
import quantum.market.Side;
import quantum.trader.venue.Venue;
import tools.jackson.databind.node.ObjectNode;

/**
 * The demo's signal engine: longs and shorts of several symbols with tight explicit levels, closes of what has been
 * open for a while, and now and then an intent that must be refused. Its levels are so near that the first minute
 * shows exits on whatever prices come.
 */
final class SampleProducer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SampleProducer.class);
    private static final Duration EVERY = Duration.ofMillis(1200);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration FAVOURITE_PATIENCE = Duration.ofSeconds(5);
    /** With a favourite one step in so many opens another symbol. */
    private static final int OTHERS = 6;

    private static final BigDecimal TIGHT = new BigDecimal("0.0015");
    private static final BigDecimal WIDE = new BigDecimal("0.0025");

    private final IntentClient stream;
    private final Simulated exchange;
    private final Taste taste;
    private final RandomGenerator random;
    private final java.util.function.Supplier<List<DeskView.PositionView>> held;
    private final Map<String, Instant> closing = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("producer").factory());
    private int count;

    /**
     * What it trades, mostly one symbol if there is a favourite, and how much wider than usual its levels are: prices
     * that run faster reach further.
     */
    record Taste(Venue venue, String favourite, BigDecimal reach) {

        private static final BigDecimal WIDEST = BigDecimal.valueOf(20);

        /** A price's reach in a given time grows with the square root of its speed. */
        static Taste at(Venue venue, int speed) {
            return new Taste(
                    venue,
                    "",
                    BigDecimal.valueOf(speed).sqrt(MathContext.DECIMAL32).min(WIDEST));
        }

        /** The same with a symbol that it opens whenever it is flat; of the others it then opens one in a while. */
        Taste with(String symbol) {
            return new Taste(venue, symbol, reach);
        }

        List<String> symbols() {
            return venue.samples();
        }

        /** True where a sale of what is not held opens a short. */
        boolean canSellShort() {
            return venue.opens().contains(Side.SELL);
        }
    }

    SampleProducer(
            IntentClient stream,
            Simulated exchange,
            Taste taste,
            long seed,
            java.util.function.Supplier<List<DeskView.PositionView>> held) {
        this.stream = stream;
        this.exchange = exchange;
        this.taste = taste;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.held = held;
    }

    void start() {
        var _ = clock.scheduleWithFixedDelay(this::step, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void step() {
        try {
            count++;
            closeWhatIsOld(PATIENCE);
            closeFavourite();
            if (count % 5 == 0) {
                bad(count / 5);
            } else {
                open();
            }
        } catch (RuntimeException e) {
            // A producer that fails must not take the demo down; the next step tries again.
            log.warn("the sample producer skipped a step: {}", e.getMessage());
        }
    }

    private void open() {
        String symbol = next();
        if (symbol.isEmpty()) {
            return;
        }
        boolean buy = random.nextBoolean() || !taste.canSellShort();
        BigDecimal price = exchange.prices().get(symbol);
        if (price == null) {
            return;
        }
        ObjectNode intent = intent("demo-" + count, symbol, buy ? "BUY" : "SELL");
        intent.put("position_size_usd", new BigDecimal(100 + random.nextInt(4) * 50));
        intent.put("leverage", 1 + random.nextInt(taste.venue().sampleLeverage()));
        intent.put("entry_price", price);
        intent.put("stop_loss", away(price, (buy ? TIGHT.negate() : TIGHT).multiply(taste.reach())));
        intent.put("take_profit", away(price, (buy ? WIDE : WIDE.negate()).multiply(taste.reach())));
        intent.put("confidence", new BigDecimal("0.72"));
        stream.publish(intent);
    }

    private String next() {
        boolean flat =
                held.get().stream().noneMatch(position -> position.symbol().equals(taste.favourite()));
        if (!taste.favourite().isEmpty() && flat) {
            return taste.favourite();
        }
        boolean other = taste.favourite().isEmpty() || count % OTHERS == 0;
        return other ? taste.symbols().get(random.nextInt(taste.symbols().size())) : "";
    }

    /** Asks to close what has been open for longer than that, as a signal that turned would. */
    void closeWhatIsOld(Duration age) {
        close(held.get(), age);
    }

    private void closeFavourite() {
        close(
                held.get().stream()
                        .filter(position -> position.symbol().equals(taste.favourite()))
                        .toList(),
                FAVOURITE_PATIENCE);
    }

    private void close(List<DeskView.PositionView> positions, Duration age) {
        Instant now = Instant.now();
        for (DeskView.PositionView position : positions) {
            boolean asked =
                    closing.getOrDefault(position.symbol(), Instant.EPOCH).isAfter(now.minusSeconds(5));
            if (!asked && Duration.between(position.openedAt(), now).compareTo(age) > 0) {
                closing.put(position.symbol(), now);
                stream.publish(close(position.symbol(), "close-" + position.symbol() + "-" + now.toEpochMilli()));
            }
        }
    }

    /** Where nothing can be sold short, the sale of what is held closes it as well as the word does. */
    private ObjectNode close(String symbol, String id) {
        boolean sells = !taste.canSellShort() && count % 2 == 0;
        ObjectNode intent = intent(id, symbol, sells ? "SELL" : "CLOSE");
        return sells ? sized(intent) : intent.put("reduceOnly", true).put("reason", "signal turned");
    }

    private void bad(int which) {
        String symbol = taste.symbols().get(random.nextInt(taste.symbols().size()));
        switch (which % 7) {
            case 0 -> stream.publishRaw(Map.of("event_type", "trade.intent", "payload", "{\"symbol\": \"BTCUSDT\","));
            case 1 -> stream.publish(sized(intent("bad-" + count, "NOSUCHUSDT", "BUY")));
            case 2 -> {
                ObjectNode stale = sized(intent("bad-" + count, symbol, "BUY"));
                stale.put("timestamp", Instant.now().minusSeconds(900).toString());
                stream.publish(stale);
            }
            case 3 -> {
                ObjectNode wrong = sized(intent("bad-" + count, symbol, "BUY"));
                BigDecimal price = exchange.prices().getOrDefault(symbol, BigDecimal.TEN);
                wrong.put("stop_loss", away(price, new BigDecimal("0.05")));
                stream.publish(wrong);
            }
            case 4 ->
                stream.publish(
                        taste.canSellShort() ? unmarked(symbol) : sized(intent("bad-" + count, unheld(), "SELL")));
            case 5 -> {
                ObjectNode twice = intent("bad-" + count, symbol, "CLOSE");
                stream.publish(twice);
                stream.publish(twice);
            }
            default -> {
                ObjectNode tiny = intent("bad-" + count, symbol, "BUY");
                tiny.put("position_size_usd", new BigDecimal("0.5"));
                stream.publish(tiny);
            }
        }
    }

    private ObjectNode unmarked(String symbol) {
        return sized(intent("bad-" + count, symbol, "SELL")).put("reason", "TP_HIT");
    }

    /** Of a coin that is not held there is nothing to sell. */
    private String unheld() {
        List<String> names =
                held.get().stream().map(DeskView.PositionView::symbol).toList();
        return taste.symbols().stream()
                .filter(symbol -> !names.contains(symbol))
                .findFirst()
                .orElse(taste.symbols().getLast());
    }

    private static ObjectNode sized(ObjectNode intent) {
        return intent.put("position_size_usd", new BigDecimal("100"));
    }

    private static ObjectNode intent(String id, String symbol, String action) {
        return Json.object()
                .put("intent_id", id)
                .put("symbol", symbol)
                .put("action", action)
                .put("timestamp", Instant.now().toString());
    }

    private static BigDecimal away(BigDecimal price, BigDecimal share) {
        return price.multiply(BigDecimal.ONE.add(share)).setScale(price.scale() + 2, RoundingMode.HALF_EVEN);
    }

    /** No more intents by itself; {@link #closeWhatIsOld} still works. */
    void stop() {
        clock.shutdownNow();
    }

    @Override
    public void close() {
        stop();
    }
}
