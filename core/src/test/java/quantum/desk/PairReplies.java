package quantum.desk;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.VenueEvent;

/** What an exchange of coins says of the pairs of one rig, written by hand. */
final class PairReplies {

    private final DeskRig rig;

    PairReplies(DeskRig rig) {
        this.rig = rig;
    }

    /** The latest pair rests. */
    Call.PlacePair placed() {
        Call.PlacePair pair = rig.last(Call.PlacePair.class);
        rig.said(new VenueEvent.PairAnswered(
                pair.stopId(),
                pair.targetId(),
                new Answer.Accepted<>(new VenueEvent.Pair(
                        update(pair, Level.STOP, Status.NEW, null), update(pair, Level.TARGET, Status.NEW, null)))));
        rig.pass(Duration.ofMillis(10));
        return pair;
    }

    /** The latest pair is refused. */
    void refused(int code, Answer.Cause cause) {
        Call.PlacePair pair = rig.last(Call.PlacePair.class);
        rig.said(new VenueEvent.PairAnswered(
                pair.stopId(), pair.targetId(), new Answer.Denied<>(code, "refused", cause)));
    }

    /** Both are off, for one of the two requests. */
    void takenOff(Call.PlacePair pair) {
        for (Level level : Level.values()) {
            rig.said(new VenueEvent.ConditionalChanged(update(pair, level, Status.CANCELED, null)));
        }
        for (ClientOrderId id : List.of(pair.stopId(), pair.targetId())) {
            rig.said(new VenueEvent.ConditionalCancelled(id, new Answer.Accepted<>(id)));
        }
        rig.pass(Duration.ofMillis(1));
    }

    static ConditionalUpdate update(Call.PlacePair pair, Level level, Status status, @Nullable OrderId order) {
        boolean stop = level == Level.STOP;
        ClientOrderId id = stop ? pair.stopId() : pair.targetId();
        return new ConditionalUpdate(
                pair.symbol(),
                id,
                "c" + id,
                status,
                stop ? pair.stop() : pair.target(),
                order,
                null,
                new ConditionalUpdate.Shape(Side.SELL, pair.direction(), level, pair.quantity()));
    }
}
