package quantum.trader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for processes that are started later. The system gives one of its own choice to whoever connects or listens next;
 * these are below those, and each fork of the tests has its share of them.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int SHARE = 2_000;
    private static final int FORK = Integer.getInteger("quantum.fork", 0);
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(SHARE));

    private Ports() {}

    /** One on which nobody listens, and which is given to nobody else here. */
    public static int free() {
        while (true) {
            int port = FIRST + FORK % 6 * SHARE + Math.floorMod(NEXT.getAndIncrement(), SHARE);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException _) {
                // The next one then.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
