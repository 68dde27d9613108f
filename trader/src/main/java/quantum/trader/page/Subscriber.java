package quantum.trader.page;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One client of the events, written to by its own request thread. Offering never blocks: a picture of the state is left
 * out while others wait to be sent, since a later one tells more; a client that misses a notice is cut off instead.
 */
final class Subscriber {

    private static final int QUEUE = 256;
    private static final int STATES_BEHIND = 4;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Runnable cut;
    private volatile boolean over;
    private volatile long writingSince;
    private volatile boolean writing;

    /** {@code cut} breaks the connection, whatever is being written to it. */
    Subscriber(Runnable cut) {
        this.cut = cut;
    }

    void state(byte[] frame) {
        if (queue.size() < STATES_BEHIND) {
            notice(frame);
        }
    }

    void notice(byte[] frame) {
        if (!queue.offer(frame)) {
            drop();
        }
    }

    /** Ends the stream after what is queued. */
    void end() {
        over = true;
        queue.offer(END);
    }

    /** Cuts a client off whose connection takes nothing any more. */
    void watch(long nowNanos) {
        if (writing && nowNanos - writingSince > PATIENCE_NANOS) {
            drop();
        }
    }

    private void drop() {
        end();
        cut.run();
    }

    /** Writes until the end, or until the client is gone; the heartbeat goes out where nothing else did. */
    void writeTo(OutputStream out, byte[] heartbeat, long heartbeatMillis) throws InterruptedException {
        try {
            while (true) {
                byte[] next = queue.poll(heartbeatMillis, TimeUnit.MILLISECONDS);
                if (over && (next == null || next.length == 0)) {
                    return;
                }
                write(out, next == null ? heartbeat : next);
            }
        } catch (IOException _) {
            // The client is gone; that is how every stream of this kind ends.
        }
    }

    private void write(OutputStream out, byte[] frame) throws IOException {
        writingSince = System.nanoTime();
        writing = true;
        out.write(frame);
        out.flush();
        writing = false;
    }
}
