package quantum.simulator.cryptocom.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Simulator;
import quantum.simulator.spot.SpotAccount;
import tools.jackson.databind.node.ObjectNode;

/** How times, numbers and accounts look on the wire. */
public final class Wire {

    private static final long NANOS_OF_A_MILLI = 1_000_000;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private Wire() {}

    public static String text(BigDecimal value) {
        return value.signum() == 0 && value.scale() <= 0 ? "0" : value.toPlainString();
    }

    /** Epoch nanoseconds of the clock that clients are shown. */
    public static long nanos(Simulator exchange, long at) {
        return TimeUnit.MILLISECONDS.toNanos(exchange.serverMillis(at)) + at % NANOS_OF_A_MILLI;
    }

    public static String date(Simulator exchange, long at) {
        return Instant.ofEpochMilli(exchange.serverMillis(at))
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    /** The clock as the head of an answer shows it: clients have no other way to ask for the time. */
    public static String httpDate(long millis) {
        return HTTP_DATE.format(Instant.ofEpochMilli(millis));
    }

    public static String accountId(SpotAccount account) {
        var name = account.owner().apiKey().getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString();
    }

    /** An id: a number where the socket shows numbers, else a text. */
    public static void putId(ObjectNode json, String name, long id, boolean asNumber) {
        if (asNumber) json.put(name, id);
        else json.put(name, Long.toString(id));
    }
}
