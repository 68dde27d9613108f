package quantum.cryptocom;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import quantum.cryptocom.Question.Rank;
import quantum.cryptocom.Reply.Given;
import quantum.json.Malformed;
import quantum.market.Balance;
import quantum.venue.Call;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.AccountRead;
import quantum.venue.VenueEvent.HoldingsRead;

/**
 * What the account holds, coin by coin. Free is max_withdrawal_balance: what an order holds back shows there alone,
 * never in reserved_qty (crypto-com-clients 12). A balance is late, so that it counts as asked for before it was.
 */
final class AccountReads {

    /**
     * After an acknowledgement a balance still lacked the buy in 5 of 11 readings; the longest seen was about half of
     * it.
     */
    private static final Duration LATE = Duration.ofSeconds(1);
    /** user.balance comes about every two seconds, whether or not something happened. */
    private static final Duration LATE_BY_STREAM = Duration.ofSeconds(3);

    private final Conversation talk;
    private final Map<String, Balance> known = new LinkedHashMap<>();
    private final Set<String> missing = new TreeSet<>();

    AccountReads(Conversation talk) {
        this.talk = talk;
    }

    List<Balance> balances() {
        return List.copyOf(known.values());
    }

    void positions(Call.ReadPositions call) {
        read(Rank.EXIT, reply -> {
            if (reply instanceof Given<List<Balance>>(List<Balance> coins, long asked)) {
                holdings(coins, asked);
            } else {
                talk.publish(new VenueEvent.ReadFailed(call, reply.failure(), reply.isFinal()));
            }
        });
    }

    void account(Call.ReadAccount call) {
        read(Rank.OPEN, reply -> {
            if (reply instanceof Given<List<Balance>>(List<Balance> coins, long asked)) {
                account(coins, asked - LATE.toNanos());
            } else {
                talk.publish(new VenueEvent.ReadFailed(call, reply.failure(), reply.isFinal()));
            }
        });
    }

    void read(Rank rank, Consumer<Reply<List<Balance>>> then) {
        RequestGate.Waiting _ = talk.ask(Question.read("user-balance", Params.NONE, rank), this::coins, then);
    }

    /** Both readings in one: where the whole account is read. */
    void publish(List<Balance> coins, long askedNanos) {
        account(coins, askedNanos - LATE.toNanos());
        holdings(coins, askedNanos);
    }

    /** A row of user.balance. */
    void streamed(Json data) {
        List<Balance> coins = coins(data);
        if (!coins.isEmpty()) {
            account(coins, talk.now().nanos() - LATE_BY_STREAM.toNanos());
        }
    }

    private void holdings(List<Balance> coins, long askedNanos) {
        talk.publish(new HoldingsRead(coins, askedNanos - LATE.toNanos()));
    }

    /** A coin that one list lacks keeps its figures and is named; lacked twice in a row, it is gone. */
    private void account(List<Balance> coins, long askedNanos) {
        Map<String, Balance> now = new LinkedHashMap<>();
        coins.forEach(coin -> now.put(coin.asset(), coin));
        Set<String> lacked = new TreeSet<>(known.keySet());
        lacked.removeAll(now.keySet());
        lacked.removeAll(missing);
        lacked.forEach(asset -> now.put(asset, known.getOrDefault(asset, none(asset))));
        missing.clear();
        missing.addAll(lacked);
        known.clear();
        known.putAll(now);
        talk.publish(new AccountRead(balances(), Set.copyOf(lacked), askedNanos));
    }

    private static Balance none(String asset) {
        return new Balance(asset, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    private List<Balance> coins(Json result) {
        List<Balance> coins = new ArrayList<>();
        for (Json account : result.list("data")) {
            for (Json row : account.list("position_balances")) {
                try {
                    String asset = row.text("instrument_name");
                    coins.add(new Balance(asset, row.decimal("quantity"), free(row)));
                } catch (Malformed e) {
                    talk.odd("balance of " + row.optionalText("instrument_name"), String.valueOf(e.getMessage()));
                }
            }
        }
        return List.copyOf(coins);
    }

    /** What was borrowed leaves nothing free. */
    private static BigDecimal free(Json row) {
        return row.decimal("max_withdrawal_balance").max(BigDecimal.ZERO);
    }
}
