package quantum.trader.loop;

import java.time.Instant;

/** What a driver knows of time: the monotonic clock, the host's, and how to be called again on its own thread. */
public interface Time {

    /** Monotonic time in nanoseconds from an arbitrary start. */
    long nanos();

    /** The host's clock, for as long as the exchange's is not known. */
    Instant host();

    /** Calls at a monotonic time, or as soon after it as the thread is free. */
    void at(long nanos, Runnable work);

    /** Calls as soon as the thread is free; any thread may ask for it. */
    void soon(Runnable work);
}
