package quantum.binance;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The truth behind a storm: what was really executed and what really rests, whatever the answers say. */
final class StormExchange {

    static final Map<String, String> MARKS = Map.of("BTCUSDT", "30000", "ETHUSDT", "3000");

    /** An answer before anything happens to it on its way. */
    record Answer(int status, String body) {}

    private record Order(String id, String symbol, String side, String positionSide, BigDecimal quantity, long time) {

        String json(String client, String mean) {
            return "{\"orderId\":%s,\"symbol\":\"%s\",\"status\":\"FILLED\",\"clientOrderId\":\"%s\",\"side\":\"%s\","
                            .formatted(id, symbol, client, side)
                    + "\"executedQty\":\"%s\",%s\"updateTime\":%d}".formatted(quantity, mean, time);
        }

        String trade() {
            return "{\"symbol\":\"%s\",\"id\":%s,\"orderId\":%s,\"side\":\"%s\",\"positionSide\":\"%s\",\"price\":\"%s\","
                            .formatted(symbol, id, id, side, positionSide, MARKS.get(symbol))
                    + "\"qty\":\"%s\",\"commission\":\"0.01\",\"commissionAsset\":\"USDT\",\"time\":%d}"
                            .formatted(quantity, time);
        }
    }

    private record Rest(String client, long id, String symbol, String place, String type, String trigger) {

        String json(String status) {
            return "{\"algoId\":%d,\"symbol\":\"%s\",\"clientAlgoId\":\"%s\",\"algoStatus\":\"%s\",\"triggerPrice\":\"%s\"}"
                    .formatted(id, symbol, client, status, trigger);
        }
    }

    private final boolean hedged;
    private final Map<String, Order> orders = new TreeMap<>();
    private final Map<String, Rest> rests = new TreeMap<>();
    private final Map<String, Rest> gone = new TreeMap<>();
    /** Signed amounts by symbol and position side. */
    private final Map<String, BigDecimal> positions = new TreeMap<>();
    /** What the user stream has to tell. */
    final Deque<String> told = new ArrayDeque<>();

    private long count = 1000;

    StormExchange(boolean hedged) {
        this.hedged = hedged;
    }

    Answer place(Map<String, String> params, long time) {
        String symbol = params.getOrDefault("symbol", "");
        String side = params.getOrDefault("side", "");
        String client = params.getOrDefault("newClientOrderId", "");
        String place = symbol + " " + params.getOrDefault("positionSide", "BOTH");
        BigDecimal held = positions.getOrDefault(place, BigDecimal.ZERO);
        BigDecimal quantity = new BigDecimal(params.getOrDefault("quantity", "0"));
        BigDecimal by = side.equals("BUY") ? quantity : quantity.negate();
        boolean reduces =
                params.containsKey("reduceOnly") || (hedged && side.equals(place.endsWith("LONG") ? "SELL" : "BUY"));
        if (reduces) {
            if (held.signum() * by.signum() >= 0) {
                return refusal(-2022);
            }
            by = by.abs().min(held.abs()).multiply(BigDecimal.valueOf(by.signum()));
        }
        Order order = execute(client, place, side, by, time);
        return new Answer(200, order.json(client, ""));
    }

    private Order execute(String client, String place, String side, BigDecimal by, long time) {
        String symbol = place.substring(0, place.indexOf(' '));
        String positionSide = place.substring(place.indexOf(' ') + 1);
        String id = String.valueOf(++count);
        Order order = new Order(id, symbol, side, positionSide, by.abs(), time);
        orders.put(client, order);
        BigDecimal held = positions.merge(place, by, BigDecimal::add);
        told.add("""
                {"e":"ORDER_TRADE_UPDATE","E":%d,"T":%d,"o":{"s":"%s","c":"%s","S":"%s","X":"FILLED","i":%s,"l":"%s",
                "z":"%s","L":"%s","ap":"%s","N":"USDT","n":"0.01","t":%s,"ps":"%s"}}
                """.formatted(
                        time,
                        time,
                        symbol,
                        client,
                        side,
                        id,
                        by.abs(),
                        by.abs(),
                        MARKS.get(symbol),
                        MARKS.get(symbol),
                        id,
                        positionSide));
        told.add("""
                {"e":"ACCOUNT_UPDATE","E":%d,"T":%d,"a":{"m":"ORDER","B":[],"P":[{"s":"%s","pa":"%s","ps":"%s"}]}}
                """.formatted(time, time, symbol, held, positionSide));
        return order;
    }

    Answer rest(Map<String, String> params) {
        String symbol = params.getOrDefault("symbol", "");
        String type = params.getOrDefault("type", "");
        String place = symbol + " " + params.getOrDefault("positionSide", "BOTH");
        if (rests.values().stream()
                .anyMatch(r -> r.place().equals(place) && r.type().equals(type))) {
            return refusal(-4130);
        }
        String client = params.getOrDefault("clientAlgoId", "");
        Rest rest = new Rest(client, ++count, symbol, place, type, params.getOrDefault("triggerPrice", ""));
        rests.put(client, rest);
        tell(rest, "NEW");
        return new Answer(200, rest.json("NEW"));
    }

    private void tell(Rest rest, String status) {
        told.add(
                "{\"e\":\"ALGO_UPDATE\",\"E\":1,\"T\":1,\"o\":{\"caid\":\"%s\",\"aid\":%d,\"s\":\"%s\",\"X\":\"%s\",\"tp\":\"%s\"}}"
                        .formatted(rest.client(), rest.id(), rest.symbol(), status, rest.trigger()));
    }

    /** The oldest conditional order whose position is held fires, if there is one. */
    void fire(long time) {
        rests.values().stream()
                .filter(r -> positions.getOrDefault(r.place(), BigDecimal.ZERO).signum() != 0)
                .findFirst()
                .ifPresent(rest -> {
                    BigDecimal held = positions.getOrDefault(rest.place(), BigDecimal.ZERO);
                    end(rest, "FINISHED");
                    var _ = execute(
                            rest.client(), rest.place(), held.signum() > 0 ? "SELL" : "BUY", held.negate(), time);
                });
    }

    private void end(Rest rest, String status) {
        rests.remove(rest.client());
        gone.put(rest.client(), rest);
        tell(rest, status);
    }

    Answer cancel(Map<String, String> params) {
        Rest rest = rests.get(params.getOrDefault("clientAlgoId", ""));
        if (rest == null) {
            return refusal(-2011);
        }
        end(rest, "CANCELED");
        return new Answer(
                200,
                "{\"algoId\":%d,\"clientAlgoId\":\"%s\",\"code\":\"200\",\"msg\":\"success\"}"
                        .formatted(rest.id(), rest.client()));
    }

    /** A market order never rests, so that none is there to be taken off. */
    Answer cancelOrder() {
        return refusal(-2011);
    }

    Answer order(Map<String, String> params) {
        return orders.entrySet().stream()
                .filter(e -> e.getKey().equals(params.get("origClientOrderId"))
                        || e.getValue().id().equals(params.get("orderId")))
                .findFirst()
                .map(e -> new Answer(
                        200,
                        e.getValue()
                                .json(
                                        e.getKey(),
                                        "\"avgPrice\":\""
                                                + MARKS.get(e.getValue().symbol()) + "\",")))
                .orElse(refusal(-2013));
    }

    Answer restOf(Map<String, String> params) {
        String client = params.getOrDefault("clientAlgoId", "");
        Rest resting = rests.get(client);
        Rest ended = gone.get(client);
        if (resting != null) {
            return new Answer(200, resting.json("NEW"));
        }
        return ended == null ? refusal(-2013) : new Answer(200, ended.json("CANCELED"));
    }

    Answer positions() {
        List<String> rows = new ArrayList<>();
        positions.forEach((place, amount) -> {
            String symbol = place.substring(0, place.indexOf(' '));
            rows.add("{\"symbol\":\"%s\",\"positionSide\":\"%s\",\"positionAmt\":\"%s\",\"entryPrice\":\"%s\","
                            .formatted(symbol, place.substring(place.indexOf(' ') + 1), amount, MARKS.get(symbol))
                    + "\"markPrice\":\"%s\",\"liquidationPrice\":\"0\"}".formatted(MARKS.get(symbol)));
        });
        return list(rows);
    }

    Answer rests() {
        return list(rests.values().stream().map(rest -> rest.json("NEW")).toList());
    }

    Answer trades(Map<String, String> params) {
        long from = Long.parseLong(params.getOrDefault("fromId", "0"));
        String orderId = params.getOrDefault("orderId", "");
        return list(orders.values().stream()
                .filter(o -> o.symbol().equals(params.get("symbol")))
                .filter(o -> orderId.isEmpty() || o.id().equals(orderId))
                .filter(o -> Long.parseLong(o.id()) >= from)
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .map(Order::trade)
                .toList());
    }

    private static Answer list(List<String> rows) {
        return new Answer(200, rows.stream().collect(Collectors.joining(",", "[", "]")));
    }

    static Answer refusal(int code) {
        return new Answer(400, "{\"code\":" + code + ",\"msg\":\"no\"}");
    }

    /** Positions without a stop that rests. */
    List<String> naked() {
        return positions.entrySet().stream()
                .filter(e -> e.getValue().signum() != 0)
                .map(Map.Entry::getKey)
                .filter(place -> rests.values().stream()
                        .noneMatch(r -> r.place().equals(place) && r.type().equals("STOP_MARKET")))
                .toList();
    }

    /** Conditional orders that rest where nothing is held. */
    List<String> orphans() {
        return rests.values().stream()
                .filter(r -> positions.getOrDefault(r.place(), BigDecimal.ZERO).signum() == 0)
                .map(Rest::client)
                .toList();
    }

    int executed() {
        return orders.size();
    }
}
