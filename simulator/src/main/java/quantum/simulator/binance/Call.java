package quantum.simulator.binance;

import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.Treatment;

/** One request that passed its checks; the account is absent for public ones. */
record Call(Params params, @Nullable Account customer, Treatment treatment) {

    Account account() {
        if (customer == null) throw new IllegalStateException("a public request has no account");
        return customer;
    }
}
