package quantum.simulator.binance;

import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.ApiKey;
import quantum.simulator.Treatment;

/** One request that passed its checks; the key is absent for public ones. */
record Call(Params params, @Nullable ApiKey key, Treatment treatment) {

    Account account() {
        if (key == null) throw new IllegalStateException("a public request has no account");
        return key.account();
    }

    /** The same customer with other parameters: one item of a batch. */
    Call with(Params item) {
        return new Call(item, key, treatment);
    }
}
