package quantum.simulator.binance;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Account;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Json;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;

/** Counts request weight for each address and orders for each account, and bans who goes on (binance-usdm 8). */
final class RateLimits implements ExchangeListener {

    private static final int TOO_MANY = 429;
    private static final int BANNED = 418;
    private static final long LONGEST_BAN = TimeUnit.DAYS.toMillis(3);
    private static final long MINUTE = 60_000;
    private static final long TEN_SECONDS = 10_000;

    /** Windows begin on the clock's round times, not with the first request. */
    private static final class Window {
        private final long millis;
        private long number;
        private long used;

        Window(long millis) {
            this.millis = millis;
        }

        long add(long now, long amount) {
            if (now / millis != number) {
                number = now / millis;
                used = 0;
            }
            used += amount;
            return used;
        }
    }

    private record OrderWindows(Window tenSeconds, Window minute) {}

    private static final class Address {
        private final Window weight = new Window(MINUTE);
        private final Window refusals = new Window(MINUTE);
        private final Window kicks = new Window(MINUTE);
        private long bannedUntil;
        private int bans;
    }

    private final Simulator exchange;
    private final Map<String, Address> addresses = new HashMap<>();
    private final Map<Account, OrderWindows> orders = new HashMap<>();

    RateLimits(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("GET /fapi/v1/rateLimit/order", Route.signed(1, _ -> orderLimits()));
    }

    private JsonNode orderLimits() {
        return Json.array()
                .add(orderLimit("SECOND", 10, limit(Setting.ORDERS_PER_10_SECONDS)))
                .add(orderLimit("MINUTE", 1, limit(Setting.ORDERS_PER_MINUTE)));
    }

    private static JsonNode orderLimit(String interval, int number, long limit) {
        return Json.object()
                .put("rateLimitType", "ORDERS")
                .put("interval", interval)
                .put("intervalNum", number)
                .put("limit", limit);
    }

    private long limit(Setting setting) {
        return exchange.settings().get(setting);
    }

    Usage usage() {
        return new Usage(
                limit(Setting.WEIGHT_PER_MINUTE),
                limit(Setting.ORDERS_PER_MINUTE),
                limit(Setting.ORDERS_PER_10_SECONDS));
    }

    private Address address(String text) {
        return addresses.computeIfAbsent(text, _ -> new Address());
    }

    /** Counts a request for its address, or refuses it with 429 or 418. */
    void countRequest(String from, int weight, Usage usage) {
        admit(from, usage);
        var address = address(from);
        long now = exchange.serverMillis();
        long used = address.weight.add(now, weight);
        usage.weight(used);
        if (used <= limit(Setting.WEIGHT_PER_MINUTE)) return;
        if (address.refusals.add(now, 1) > limit(Setting.BAN_AFTER_REFUSALS)) {
            ban(address, now);
            throw banned(address, usage);
        }
        retryAfter(usage, MINUTE - now % MINUTE);
        throw new BinanceError(
                TOO_MANY,
                -1003,
                "Too many requests; current limit is " + limit(Setting.WEIGHT_PER_MINUTE)
                        + " requests per minute. Please use the websocket for live updates to avoid polling the API.");
    }

    /** Refuses a banned address. */
    void admit(String from, Usage usage) {
        var address = address(from);
        if (exchange.serverMillis() < address.bannedUntil) throw banned(address, usage);
    }

    private void ban(Address address, long now) {
        long length = limit(Setting.BAN_MILLIS) << Math.min(address.bans, 20);
        address.bans++;
        address.bannedUntil = now + Math.min(length, LONGEST_BAN);
    }

    private BinanceError banned(Address address, Usage usage) {
        retryAfter(usage, address.bannedUntil - exchange.serverMillis());
        return new BinanceError(
                BANNED,
                -1003,
                "Way too many requests; IP banned until " + address.bannedUntil
                        + ". Please use the websocket for live updates to avoid bans.");
    }

    private void retryAfter(Usage usage, long millis) {
        if (exchange.settings().on(Setting.RETRY_AFTER)) usage.retryAfter((millis + 999) / 1_000);
    }

    /** A stream connection was kicked for its many messages; who goes on is banned (binance-usdm 1.3). */
    void countKick(String from) {
        var address = address(from);
        long now = exchange.serverMillis();
        if (address.kicks.add(now, 1) >= limit(Setting.BAN_AFTER_KICKS)) ban(address, now);
    }

    /** Counts orders for their account, or refuses them with -1015. */
    void countOrders(Account account, OrderCost cost, Usage usage) {
        var windows =
                orders.computeIfAbsent(account, _ -> new OrderWindows(new Window(TEN_SECONDS), new Window(MINUTE)));
        long now = exchange.serverMillis();
        long inTenSeconds = windows.tenSeconds.add(now, cost.tenSeconds());
        long inMinute = windows.minute.add(now, cost.minute());
        usage.orders(inTenSeconds, inMinute);
        refuse(inTenSeconds, Setting.ORDERS_PER_10_SECONDS, "TEN_SECONDS", usage, TEN_SECONDS - now % TEN_SECONDS);
        refuse(inMinute, Setting.ORDERS_PER_MINUTE, "MINUTE", usage, MINUTE - now % MINUTE);
    }

    private void refuse(long used, Setting setting, String interval, Usage usage, long left) {
        long limit = limit(setting);
        if (used <= limit) return;
        retryAfter(usage, left);
        throw new BinanceError(
                TOO_MANY, -1015, "Too many new orders; current limit is " + limit + " orders per " + interval + ".");
    }

    @Override
    public void reset() {
        addresses.clear();
        orders.clear();
    }
}
