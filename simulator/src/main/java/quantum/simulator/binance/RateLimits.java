package quantum.simulator.binance;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import quantum.simulator.Account;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;

/** Counts request weight for the one address and orders for each account (binance-usdm 8.1). */
final class RateLimits implements ExchangeListener {

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

    private final Simulator exchange;
    private final Window weight = new Window(60_000);
    private final Map<String, OrderWindows> orders = new HashMap<>();

    RateLimits(Simulator exchange) {
        this.exchange = exchange;
    }

    /** Counts a request and fills in the headers that every answer carries. */
    void countRequest(int requestWeight, Map<String, String> headers) {
        long limit = exchange.settings().get(Setting.WEIGHT_PER_MINUTE);
        long used = weight.add(exchange.serverMillis(), requestWeight);
        headers.put("X-MBX-USED-WEIGHT-1M", Long.toString(used));
        if (used > limit) {
            throw new BinanceError(
                    429, -1003, "Too many requests; current limit is " + limit + " requests per minute.");
        }
    }

    void countOrder(Account account, Map<String, String> headers) {
        var windows =
                orders.computeIfAbsent(account.apiKey(), _ -> new OrderWindows(new Window(10_000), new Window(60_000)));
        long inTenSeconds = windows.tenSeconds.add(exchange.serverMillis(), 1);
        long inMinute = windows.minute.add(exchange.serverMillis(), 1);
        headers.put("X-MBX-ORDER-COUNT-10S", Long.toString(inTenSeconds));
        headers.put("X-MBX-ORDER-COUNT-1M", Long.toString(inMinute));
        refuse(inTenSeconds, Setting.ORDERS_PER_10_SECONDS, "TEN_SECONDS");
        refuse(inMinute, Setting.ORDERS_PER_MINUTE, "MINUTE");
    }

    private void refuse(long used, Setting setting, String interval) {
        long limit = exchange.settings().get(setting);
        if (used > limit) {
            throw new BinanceError(
                    429, -1015, "Too many new orders; current limit is " + limit + " orders per " + interval + ".");
        }
    }

    @Override
    public void reset() {
        weight.used = 0;
        orders.clear();
    }

    static Map<String, String> headers() {
        return new TreeMap<>();
    }
}
