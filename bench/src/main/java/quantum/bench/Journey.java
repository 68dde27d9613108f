package quantum.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.trader.Trader;
import quantum.trader.ledger.LedgerView;
import quantum.trader.stream.StreamNames;
import tools.jackson.databind.node.ObjectNode;

/** One intent after the other from the stream to a protected position, and each position closed again. */
final class Journey implements AutoCloseable {

    private final Producer producer;
    private final Reader reader;
    private final List<Trip> trips = new ArrayList<>();
    private int count;

    /**
     * What was found.
     *
     * @param order just before XADD until the exchange has the order
     * @param report the fill at the exchange until a consumer has the report
     * @param stop the fill at the exchange until the exchange has the stop
     * @param stages the ledger's waterfall, since the desk has the intent
     */
    record Found(Samples order, Samples report, Samples stop, Map<String, Samples> stages) {
        Found() {
            this(new Samples(), new Samples(), new Samples(), new LinkedHashMap<>());
        }
    }

    private record Trip(String intent, long sentAt, String order, String stop, long reportedAt) {}

    Journey(Trader trader) {
        producer = new Producer(trader.redis(), StreamNames.DEFAULT);
        reader = new Reader(trader.redis(), StreamNames.DEFAULT);
    }

    void travel(boolean counts) {
        String symbol = Exchange.SYMBOLS.get(count % Exchange.SYMBOLS.size());
        String id = "bench-" + count;
        ObjectNode open = Producer.open(id, symbol, count / Exchange.SYMBOLS.size() % 2 == 0 ? "BUY" : "SELL");
        count++;
        long sentAt = producer.send(open);
        Reader.Seen reported = reader.report(id);
        String status = reported.payload().path("status").asString();
        if (!"filled".equals(status)) {
            throw new IllegalStateException("the intent ended " + reported.payload());
        }
        if (counts) {
            trips.add(new Trip(
                    id,
                    sentAt,
                    reported.payload().path("client_order_id").asString(),
                    reported.payload().path("stop_order_id").asString(),
                    reported.epochNanos()));
        }
        producer.send(Producer.close(id + "-close", symbol));
        reader.closed(id);
        reader.report(id + "-close");
    }

    /** Compares what was noted with the exchange's own times, and reads the ledger's waterfall of each intent. */
    void evaluate(Exchange exchange, LedgerView ledger, Found found) {
        Map<String, Long> orders = new HashMap<>();
        Map<String, Long> fills = new HashMap<>();
        Map<String, Long> stops = new HashMap<>();
        exchange.times(orders::put, fills::put, stops::put);
        for (Trip trip : trips) {
            long filledAt = require(fills, trip.order);
            found.order.add(require(orders, trip.order) - trip.sentAt);
            found.report.add(trip.reportedAt - filledAt);
            found.stop.add(require(stops, trip.stop) - filledAt);
            ledger.intent(trip.intent)
                    .orElseThrow()
                    .stages()
                    .forEach((stage, micros) -> found.stages
                            .computeIfAbsent(stage, _ -> new Samples())
                            .add(TimeUnit.MICROSECONDS.toNanos(micros)));
        }
    }

    private static long require(Map<String, Long> times, String id) {
        Long at = times.get(id);
        if (at == null) {
            throw new IllegalStateException("the exchange does not know " + id);
        }
        return at;
    }

    @Override
    public void close() {
        reader.close();
        producer.close();
    }
}
