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
    private boolean beganEmpty;
    private @Nullable Instant positionsReadAt;
    private @Nullable Instant pricedAt;

    Readiness() {}

    /** The session was up once. No order leaves before that. */
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

    /** Intents are read. Once begun it goes on, whatever fails later: closes must come through. */
    public boolean isAdmitting() {
        return admitting;
    }

    public void admit() {
        admitting = true;
    }

    /** Opens are refused, what is in flight is settled, and stops stay on the exchange. */
    public boolean isStopping() {
        return stopping;
    }

    public void stop() {
        stopping = true;
    }

    /** Opens wait until all is durable (INV-03); exits and protection leave meanwhile (law 5). */
    public boolean isLedgerBehind() {
        return ledgerBehind;
    }

    public void setLedgerBehind(boolean behind) {
        ledgerBehind = behind;
    }

    /** Several positions have lost their stops. Opens are refused until each has one again; none is dumped. */
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

    /** The process stood still until then: what it knows is from before (reliability F4). */
    public void reread(long fromNanos) {
        rereading = true;
        rereadFromNanos = fromNanos;
    }

    /** Positions were read that were asked for then. */
    public void positionsRead(long askedNanos, Instant at) {
        positionsReadAt = at;
        // The answer to a question from before the standstill is as old as all else.
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

    /** The ledger gave nothing back at the start: it is a first one, or was lost. */
    public void beganEmpty() {
        beganEmpty = true;
    }

    /** Whether an earlier life may have left on the exchange what the ledger does not know. */
    public boolean mayHaveForgotten() {
        return beganEmpty || forgotAt != null;
    }

    /** By exchange time: messages dated before it are asked of the exchange first (docs/decisions/0010). */
    public void forgot(Instant at) {
        forgotAt = at;
    }
}
