package quantum.simulator;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API keys: each account's own, and those that were registered or restricted from outside. */
public final class Keys {

    private final Simulator exchange;
    private final Map<String, ApiKey> registered = new HashMap<>();

    Keys(Simulator exchange) {
        this.exchange = exchange;
    }

    public @Nullable ApiKey find(String text) {
        var key = registered.get(text);
        if (key != null) return key;
        var account = exchange.account(text);
        return account == null ? null : ApiKey.of(account);
    }

    public void register(ApiKey key) {
        registered.put(key.text(), key);
        exchange.report(key);
    }

    void clear() {
        registered.clear();
    }
}
