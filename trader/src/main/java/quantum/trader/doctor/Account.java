package quantum.trader.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.trader.venue.Access;
import quantum.venue.ConditionalUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.Held;

/**
 * What an account holds and what rests for it, asked without a service; nothing is changed. Where it holds coins nobody
 * but a ledger knows which of them are ours, and {@code held} is null.
 */
public record Account(@Nullable List<Held> held, List<ConditionalUpdate> rests) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Indicates that the exchange did not say what is held. */
    public static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown(String cause) {
            super(cause, null, false, false);
        }
    }

    /**
     * Asks the exchange as the service would.
     *
     * @throws Unknown with the cause
     */
    public static Account ask(Access access) throws InterruptedException {
        List<VenueEvent> events = SessionProbe.of(access.probing().exchange(), PATIENCE);
        boolean hasCoins = last(events, VenueEvent.HoldingsRead.class).isPresent();
        List<Held> held = last(events, VenueEvent.PositionsRead.class)
                .map(VenueEvent.PositionsRead::positions)
                .orElse(null);
        if (held == null && !hasCoins) {
            throw new Unknown(last(events, VenueEvent.Unusable.class)
                    .map(VenueEvent.Unusable::cause)
                    .orElse(access.rest() + " said nothing of the positions within " + PATIENCE.toSeconds() + " s"));
        }
        List<ConditionalUpdate> rests = last(events, VenueEvent.ConditionalsRead.class)
                .orElseThrow(() -> new Unknown(access.rest() + " did not say which stops rest"))
                .rests();
        return new Account(held, rests);
    }

    /** What rests on the losing side of a position's mark. */
    public Optional<ConditionalUpdate> stop(Held position) {
        return resting(position, rest -> position.direction().gains(rest.trigger(), position.mark()));
    }

    /** What rests on the winning side. */
    public Optional<ConditionalUpdate> target(Held position) {
        return resting(position, rest -> position.direction().gains(position.mark(), rest.trigger()));
    }

    private Optional<ConditionalUpdate> resting(Held position, Predicate<ConditionalUpdate> side) {
        return rests.stream()
                .filter(rest -> rest.symbol().equals(position.symbol())
                        && rest.status() == ConditionalUpdate.Status.NEW
                        && side.test(rest))
                .findFirst();
    }

    /** What rests of a life of ours, by what the ids of such orders have in common. */
    public Optional<ConditionalUpdate> ofLife(String idPrefix) {
        return rests.stream()
                .filter(rest -> rest.status() == ConditionalUpdate.Status.NEW
                        && rest.clientId().value().startsWith(idPrefix))
                .findFirst();
    }

    private static <E extends VenueEvent> Optional<E> last(List<VenueEvent> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).reduce((first, second) -> second);
    }
}
