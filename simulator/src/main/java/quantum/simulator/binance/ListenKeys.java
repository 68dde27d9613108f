package quantum.simulator.binance;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.Json;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;

/** The keys to the user streams: one an account, alive for an hour after each request for it (binance-usdm 5.1). */
final class ListenKeys {

    private record Key(String text, long expiresAt) {}

    private final Simulator exchange;
    private final Streams streams;
    private final Map<String, Key> byAccount = new HashMap<>();
    private int issued;

    ListenKeys(Simulator exchange, Streams streams) {
        this.exchange = exchange;
        this.streams = streams;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("POST /fapi/v1/listenKey", Route.keyed(1, this::open));
        routes.put("PUT /fapi/v1/listenKey", Route.keyed(1, this::keepAlive));
        routes.put("DELETE /fapi/v1/listenKey", Route.keyed(1, this::drop));
    }

    private JsonNode open(Call call) {
        var key = byAccount.get(call.account().apiKey());
        return extend(call.account(), key == null ? fresh(call.account()) : key.text);
    }

    private JsonNode keepAlive(Call call) {
        var key = byAccount.get(call.account().apiKey());
        if (key == null) throw new BinanceError(-1125, "This listenKey does not exist.");
        return extend(call.account(), key.text);
    }

    private JsonNode drop(Call call) {
        byAccount.remove(call.account().apiKey());
        return Json.object();
    }

    private String fresh(Account account) {
        issued++;
        var seed = account.apiKey() + ":" + issued + ":" + exchange.now();
        return new Verifier.Hmac(account.secret()).sign(seed);
    }

    private JsonNode extend(Account account, String text) {
        long life = TimeUnit.SECONDS.toNanos(exchange.settings().get(Setting.LISTEN_KEY_SECONDS));
        byAccount.put(account.apiKey(), new Key(text, exchange.now() + life));
        exchange.scheduler().after(life, () -> expire(account.apiKey()));
        return Json.object().put("listenKey", text);
    }

    private void expire(String apiKey) {
        var key = byAccount.get(apiKey);
        if (key == null || key.expiresAt > exchange.now()) return;
        byAccount.remove(apiKey);
        deliver(
                key.text,
                "listenKeyExpired",
                Json.object()
                        .put("e", "listenKeyExpired")
                        .put("E", exchange.serverMillis())
                        .put("listenKey", key.text));
    }

    @Nullable
    String of(Account account) {
        var key = byAccount.get(account.apiKey());
        return key == null ? null : key.text;
    }

    void deliver(String key, String event, JsonNode frame) {
        if (!exchange.faults().silent(exchange.now())) streams.publish(key, event, frame);
    }
}
