package quantum.binance;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.AccountReads.Read;
import quantum.market.Balance;
import quantum.order.Purpose;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.AccountRead;
import quantum.venue.VenueEvent.ConditionalsRead;
import quantum.venue.VenueEvent.PositionsRead;
import quantum.venue.VenueEvent.SelfTest;

/**
 * The whole account in one go, at start and after the user stream was away: margin, leverages, positions, resting
 * orders. Start-up and recovery are one path; nothing is told unless all of it could be read. Protection waits for it,
 * so that it waits for no share of the limits (law 5).
 */
final class AccountSnapshot {

    /** Between two attempts. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final Conversation talk;
    private final Listings listings;
    private final Leverages leverages;
    private final AccountReads reads;
    private List<Balance> balances = List.of();

    AccountSnapshot(Conversation talk, Listings listings, Leverages leverages, AccountReads reads) {
        this.talk = talk;
        this.listings = listings;
        this.leverages = leverages;
        this.reads = reads;
    }

    /** Reads and tells it; null when done, else why not. */
    void read(Consumer<@Nullable String> then) {
        reads.account(
                Endpoints.account(Purpose.PROTECT).forRecovery(),
                orFail(
                        then,
                        account -> leverages.readAll(RestCall.Claim.RECOVERY, failure -> {
                            if (failure == null) {
                                readHoldings(account, then);
                            } else {
                                then.accept(failure);
                            }
                        })));
    }

    private void readHoldings(AccountRead account, Consumer<@Nullable String> then) {
        reads.positions(
                RestCall.Claim.RECOVERY,
                orFail(
                        then,
                        positions -> reads.rests(RestCall.Claim.RECOVERY, orFail(then, rests -> {
                            tell(account, positions, rests);
                            then.accept(null);
                        }))));
    }

    private void tell(AccountRead account, PositionsRead positions, ConditionalsRead rests) {
        balances = account.balances();
        talk.tell(account);
        talk.tell(positions);
        talk.tell(rests);
    }

    private static <E extends VenueEvent> Consumer<Read<E>> orFail(Consumer<@Nullable String> then, Consumer<E> done) {
        return read -> {
            switch (read) {
                case Read.Done<E>(E event) -> done.accept(event);
                case Read.Failed<E>(String cause) -> then.accept(cause);
            }
        };
    }

    /** What there is to say when all is well. */
    SelfTest selfTest() {
        return new SelfTest(
                talk.clock().at(talk.now().nanos()),
                talk.clock().hostOffsetMillis(),
                listings.trading(),
                balances,
                talk.settings().endpoints().rest());
    }
}
