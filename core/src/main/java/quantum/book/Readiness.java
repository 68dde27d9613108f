package quantum.book;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far the service is, how old what it knows is, and what in itself keeps it from opening. */
public final class Readiness {

    private boolean ready;
    private long readyNanos;
    private boolean admitting;
    private boolean stopping;
    private boolean ledgerBehind;
    private boolean degraded;
    private boolean rereading;
    private long rereadFromNanos;
    private @Nullable Instant forgotAt;
    private @Nullable Instant positionsReadAt;
    private @Nullable Instant pricedAt;

    Readiness() {}

    /** The session was up once. */
    public boolean isReady() {
        return ready;
    }

    public void ready(long nanos) {
        ready = true;
        readyNanos = nanos;
    }

    /** When the session was up first. */
    public long readyNanos() {
        return readyNanos;
    }

    /** Intents are read. */
    public boolean isAdmitting() {
        return admitting;
    }

    public void admit() {
        admitting = true;
    }

    public boolean isStopping() {
        return stopping;
    }

    public void stop() {
        stopping = true;
    }

    public boolean isLedgerBehind() {
        return ledgerBehind;
    }

    public void setLedgerBehind(boolean behind) {
        ledgerBehind = behind;
    }

    /** Several positions have lost their stops. */
    public boolean isDegraded() {
        return degraded;
    }

    public void setDegraded(boolean value) {
        degraded = value;
    }

    /** After a stall, until positions are shown that were asked for since. */
    public boolean isRereading() {
        return rereading;
    }

    public void reread(long fromNanos) {
        rereading = true;
        rereadFromNanos = fromNanos;
    }

    /** Positions were read that were asked for then. */
    public void positionsRead(long askedNanos, Instant at) {
        positionsReadAt = at;
        rereading &= askedNanos - rereadFromNanos < 0;
    }

    /** When positions were read last, by exchange time; null before the first reading. */
    public @Nullable Instant positionsReadAt() {
        return positionsReadAt;
    }

    public void priced(Instant at) {
        pricedAt = at;
    }

    /** When a price was heard last, by exchange time. */
    public @Nullable Instant pricedAt() {
        return pricedAt;
    }

    /** When it was found that the ledger does not know everything that an earlier life of the process did. */
    public @Nullable Instant forgotAt() {
        return forgotAt;
    }

    public void forgot(Instant at) {
        forgotAt = at;
    }
}
