package quantum.simulator.server;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One exchange as a client meets it, on sockets or without. */
interface Exchange extends AutoCloseable {

    Answer send(String method, String path, String query, String body, @Nullable String apiKey);

    Frames open(String path, String query);

    /** The status with which a connection is refused. */
    int refusal(String path, String query);

    /** Lets time pass until the condition holds, and fails when it does not within ten seconds. */
    void await(BooleanSupplier condition);

    /** Lets this much of the exchange's time pass. */
    void pass(long millis);

    long millis();

    @Override
    void close();
}
