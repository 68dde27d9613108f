package quantum.trader.command;

import quantum.trader.ledger.LedgerView;
import quantum.trader.redis.EmbeddedRedis;
import quantum.trader.redis.RedisAddress;
import quantum.trader.settings.Settings;

/** Where a verb finds the store and the ledger of the service that the settings describe. */
final class Stores {

    private Stores() {}

    static RedisAddress redis(Settings settings) {
        String url = settings.redis().url();
        return url == null ? EmbeddedRedis.addressIn(settings.data()) : RedisAddress.of(url);
    }

    static LedgerView ledger(Settings settings) {
        return LedgerView.open(settings.data());
    }
}
