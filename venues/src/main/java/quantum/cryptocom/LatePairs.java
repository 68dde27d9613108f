package quantum.cryptocom;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import quantum.cryptocom.Reply.Given;
import quantum.order.ClientOrderId;

/**
 * Legs of ours that are shown and that this life of the process did not place: the request of an earlier one came late. No
 * reading of what rests may show them (correction 10), so that their pairs are looked for at once.
 */
final class LatePairs {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Within so many looks an order that exists is shown. */
    private static final int LOOKS = 5;

    private final Conversation talk;
    private final PairBook book;
    private final Set<ClientOrderId> sought = new HashSet<>();

    LatePairs(Conversation talk, PairBook book) {
        this.talk = talk;
        this.book = book;
    }

    void seek(ClientOrderId leg) {
        if (sought.add(leg)) {
            seek(leg, 0);
        }
    }

    /** A question that fails is asked again for as long as it fails. */
    private void seek(ClientOrderId leg, int looks) {
        book.find(leg, reply -> {
            boolean isAnswered = reply instanceof Given || reply.knowsNoOrder();
            if (book.isLeg(leg) || looks >= LOOKS) {
                sought.remove(leg);
            } else {
                talk.wakeIn(PAUSE, () -> seek(leg, isAnswered ? looks + 1 : looks));
            }
        });
    }
}
