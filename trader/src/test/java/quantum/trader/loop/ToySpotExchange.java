package quantum.trader.loop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The other side of {@link ToySpot}: cash, coins, a price, market orders and stops that sell. It knows nothing of the desk. */
final class ToySpotExchange {

    /** Something said to a client. */
    record Message(long id, String kind, Map<String, String> fields) {
        String field(String name) {
            return Objects.requireNonNull(fields.get(name), name);
        }
    }

    /** Something that a client asks. */
    record Request(long id, String verb, Map<String, String> fields) {
        String field(String name) {
            return Objects.requireNonNull(fields.get(name), name);
        }
    }

    private static final BigDecimal FEE = new BigDecimal("0.001");

    private final Map<String, Request> stops = new LinkedHashMap<>();
    private final Consumer<Message> client;
    private BigDecimal cash = new BigDecimal("1000");
    private BigDecimal coins;
    private BigDecimal price = new BigDecimal("100");
    private long orders;

    ToySpotExchange(BigDecimal savings, Consumer<Message> client) {
        this.coins = savings;
        this.client = client;
    }

    synchronized void perform(List<Request> requests) {
        requests.forEach(this::perform);
    }

    private void perform(Request request) {
        switch (request.verb()) {
            case "hello" ->
                say(0, "hello", Map.of("time", Instant.now().toString(), "price", price.toString(), "cash", cash + ""));
            case "cash" -> say(request.id(), "answer", Map.of("cash", cash.toString()));
            case "order" -> order(request);
            case "stop" -> {
                stops.put(request.field("id"), request);
                say(request.id(), "answer", Map.of());
            }
            case "cancel" -> {
                boolean rested = stops.remove(request.field("id")) != null;
                say(request.id(), "answer", rested ? Map.of() : Map.of("refused", "no such stop"));
                if (rested) {
                    say(0, "stop", Map.of("id", request.field("id")));
                }
            }
            default -> say(request.id(), "answer", Map.of("refused", "unknown"));
        }
    }

    private void order(Request request) {
        BigDecimal quantity = new BigDecimal(request.field("quantity"));
        boolean buys = "BUY".equals(request.field("side"));
        boolean covered = buys ? cash.compareTo(quantity.multiply(price)) >= 0 : coins.compareTo(quantity) >= 0;
        if (!covered) {
            say(request.id(), "answer", Map.of("refused", "not enough"));
            return;
        }
        String order = "o" + ++orders;
        say(request.id(), "answer", Map.of("order", order));
        trade(request.field("id"), order, buys, quantity);
    }

    private void trade(String id, String order, boolean buys, BigDecimal quantity) {
        BigDecimal worth = quantity.multiply(price);
        BigDecimal fee = worth.multiply(FEE);
        coins = buys ? coins.add(quantity) : coins.subtract(quantity);
        cash = (buys ? cash.subtract(worth) : cash.add(worth)).subtract(fee);
        say(
                0,
                "traded",
                Map.of(
                        "id",
                        id,
                        "order",
                        order,
                        "side",
                        buys ? "BUY" : "SELL",
                        "quantity",
                        quantity.toPlainString(),
                        "price",
                        price.toPlainString(),
                        "fee",
                        fee.toPlainString()));
    }

    synchronized void price(String next) {
        price = new BigDecimal(next);
        say(0, "price", Map.of("price", next));
        for (Request stop : List.copyOf(stops.values())) {
            int above = price.compareTo(new BigDecimal(stop.field("trigger")));
            if ("STOP".equals(stop.field("level")) ? above <= 0 : above >= 0) {
                stops.remove(stop.field("id"));
                String order = "o" + ++orders;
                say(0, "stop", Map.of("id", stop.field("id"), "order", order));
                trade("triggered-" + order, order, false, new BigDecimal(stop.field("quantity")));
            }
        }
    }

    synchronized BigDecimal coins() {
        return coins;
    }

    synchronized List<String> stops() {
        return stops.values().stream()
                .map(stop -> stop.field("level") + " " + stop.field("quantity") + " at " + stop.field("trigger"))
                .toList();
    }

    private void say(long id, String kind, Map<String, String> fields) {
        client.accept(new Message(id, kind, fields));
    }
}
