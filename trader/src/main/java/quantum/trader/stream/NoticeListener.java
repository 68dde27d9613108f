package quantum.trader.stream;

import quantum.trader.redis.ConnectionListener;

/** Told each thing once for as long as it lasts, on the publisher's thread. */
public interface NoticeListener extends ConnectionListener {

    /** A stream alone takes nothing, for this cause; an empty one says that it does again. */
    void blocked(String stream, String cause);

    /** An entry bears the event id of a notice of ours and is not ours. */
    void forged(String stream, String eventId, String entryId);
}
