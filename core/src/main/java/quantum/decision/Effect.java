package quantum.decision;

import java.time.Duration;
import java.util.Map;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.venue.Call;

/**
 * One thing to be done because of an event. Effects of one decision are done in order; those after a {@link Write} or a
 * {@link Publish} wait until it is durable, and only calls that close or protect stop waiting after 250 ms (law 5).
 */
public sealed interface Effect {

    /** Make a row durable. */
    record Write(Entry entry) implements Effect {}

    /** Make a notice durable and publish it, in the order of recording. */
    record Publish(Notice notice) implements Effect {}

    /** Ask the exchange. */
    record Ask(Call call) implements Effect {}

    /** The message has its ending or its decision; the stream may forget it. */
    record Acknowledge(String messageId) implements Effect {}

    /** Deliver the timer at a monotonic time; the desk ignores timers that no longer matter. */
    record Wake(Timer timer, long atNanos) implements Effect {}

    /** One log line. */
    record Log(Marker marker, Map<String, String> fields) implements Effect {}

    /** A key for operators' scripts: written, never believed (docs/streams.md). A zero lifetime removes it. */
    record Mirror(MirrorKey key, String subject, String value, Duration lifetime) implements Effect {}

    /** A message was counted as a duplicate of one that has its ending. */
    record CountDuplicate(String intentId) implements Effect {}

    /** A gap without a live stop has ended. */
    record MeasuredGap(String symbol, Duration gap) implements Effect {}

    /** Positions are protected and in agreement with the exchange: intents may be read from now on. */
    record AdmitIntents() implements Effect {}

    /** End the process; the exchange cannot be used. */
    record GiveUp(String cause, String nextStep) implements Effect {}

    /** The mirrored keys of docs/streams.md. */
    enum MirrorKey {
        SAFE_MODE,
        COOLDOWN_GLOBAL,
        COOLDOWN_SYMBOL,
        PROCESSED,
        LOCK,
        RATE_SYMBOL,
        RATE_GLOBAL,
        MARGIN_FAILS
    }
}
