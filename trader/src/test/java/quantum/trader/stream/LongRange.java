package quantum.trader.stream;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Numbers from one. */
final class LongRange {

    private LongRange() {}

    static Stream<Long> to(long last) {
        return LongStream.rangeClosed(1, last).boxed();
    }
}
