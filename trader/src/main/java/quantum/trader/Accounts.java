package quantum.trader;

import java.util.Optional;
import quantum.binance.BinanceSettings;
import quantum.trader.ledger.AccountLock;

/** Which account a setup trades on, for those who must be alone on it. */
public final class Accounts {

    private Accounts() {}

    /** Takes the account on this host; nothing is taken where nothing is sent, or where the exchange is inside. */
    static Optional<AccountLock> lock(Setup setup) {
        return setup.rules().observe() ? Optional.empty() : name(setup).map(AccountLock::take);
    }

    /** Whoever has the account on this host now, if anybody has. */
    public static Optional<String> owner(Setup setup) {
        return name(setup).flatMap(AccountLock::owner);
    }

    private static Optional<String> name(Setup setup) {
        return setup.exchange() instanceof Setup.Exchange.Outside(BinanceSettings settings)
                ? Optional.of(AccountLock.name(settings.endpoints().rest(), settings.apiKey()))
                : Optional.empty();
    }
}
