package quantum.simulator.cryptocom;

import org.jspecify.annotations.Nullable;
import quantum.simulator.Treatment;
import quantum.simulator.spot.SpotAccount;

/**
 * One request that passed its checks; the account is absent for public ones. A stale answer is so many nanoseconds old.
 */
record Call(Query query, Params params, @Nullable SpotAccount customer, Treatment treatment, long staleNanos) {

    SpotAccount account() {
        if (customer == null) throw new IllegalStateException("a public request has no account");
        return customer;
    }
}
