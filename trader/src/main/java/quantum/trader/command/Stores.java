package quantum.trader.command;

import quantum.trader.ledger.LedgerView;
import quantum.trader.settings.Settings;
import quantum.trader.stream.EmbeddedRedis;
import quantum.trader.stream.RedisAddress;

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
