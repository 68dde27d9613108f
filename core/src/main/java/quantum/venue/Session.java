package quantum.venue;

import java.util.List;

/**
 * One account's conversation with one exchange, as a pure state machine: it is told calls, replies, frames and time,
 * and returns what must be sent and what the desk should know. One thread drives it; it never blocks, reads no clock
 * and opens no socket. {@code R} is the venue's request type, for example an HTTP request or a frame to send.
 */
public interface Session<I, R> {

    /** What came out of one input. */
    record Output<R>(List<R> requests, List<VenueEvent> events) {}

    /** Begin: self test, streams, reads. */
    Output<R> start(Moment now);

    /** The desk asks. */
    Output<R> call(Call call, Moment now);

    /** Something came in from the network, or a timer that the session asked for fired. */
    Output<R> input(I input, Moment now);
}
