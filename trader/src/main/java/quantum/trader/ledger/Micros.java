package quantum.trader.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the columns hold them, for order and ranges; bodies carry them in full. */
final class Micros {

    private Micros() {}

    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
