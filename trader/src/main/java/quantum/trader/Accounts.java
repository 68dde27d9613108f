package quantum.trader;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import quantum.trader.ledger.AccountLock;
import quantum.trader.settings.Mode;
import quantum.trader.venue.Access;

/** Which account a setup trades on, for those who must be alone on it. */
public final class Accounts {

    private static final Set<String> REAL = Set.of(Mode.TESTNET.word(), Mode.LIVE.word());
    private static final String OBSERVING = "-observe$";

    private Accounts() {}

    /** Takes the account on this host; nothing is taken where nothing is sent, or where the exchange is inside. */
    static void take(Setup setup, Resources resources) {
        if (!setup.rules().observe()) {
            names(setup).forEach(name -> resources.add(AccountLock.take(name)));
        }
    }

    /** Whoever has the account on this host now, if anybody has. */
    public static Optional<String> owner(Setup setup) {
        return names(setup).stream()
                .flatMap(name -> AccountLock.owner(name).stream())
                .findFirst();
    }

    /**
     * Where the orders go, and in a real environment also the environment: a key has one account there, whatever name the
     * host is reached by. Whoever shares one of the names shares the account.
     */
    static List<String> names(Setup setup) {
        if (!(setup.exchange() instanceof Setup.Exchange.Outside(var _, Access access))) {
            return List.of();
        }
        String place = Destination.of(access.rest());
        String mode = setup.mode().replaceFirst(OBSERVING, "");
        List<String> exchanges = REAL.contains(mode) ? List.of(place, mode) : List.of(place);
        return exchanges.stream()
                .map(exchange -> AccountLock.name(exchange, access.apiKey()))
                .toList();
    }
}
