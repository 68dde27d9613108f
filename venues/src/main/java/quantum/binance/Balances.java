package quantum.binance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import quantum.market.Balance;
import quantum.venue.VenueEvent.AccountRead;

/**
 * What the account holds of each asset, as last told. One list that lacks an asset is a doubt and not a balance of zero:
 * the asset keeps its figures until a list that is some seconds younger lacks it too.
 */
final class Balances {

    private static final Duration DOUBT = Duration.ofSeconds(10);

    private final Map<String, Balance> known = new LinkedHashMap<>();
    private final Map<String, Long> lackedNanos = new LinkedHashMap<>();

    /** All that is held by a list that was asked for at a monotonic time. */
    AccountRead told(List<Balance> list, long askedNanos) {
        List<Balance> all = new ArrayList<>(list);
        Set<String> lacked = new TreeSet<>();
        list.forEach(balance -> {
            known.put(balance.asset(), balance);
            lackedNanos.remove(balance.asset());
        });
        for (Balance earlier : List.copyOf(known.values())) {
            boolean isListed = list.stream().anyMatch(each -> each.asset().equals(earlier.asset()));
            if (isListed) {
                continue;
            }
            long since = lackedNanos.computeIfAbsent(earlier.asset(), _ -> askedNanos);
            if (askedNanos - since < DOUBT.toNanos()) {
                all.add(earlier);
                lacked.add(earlier.asset());
            } else {
                known.remove(earlier.asset());
                lackedNanos.remove(earlier.asset());
            }
        }
        return new AccountRead(List.copyOf(all), lacked, askedNanos);
    }
}
