package quantum.simulator.server;

import org.junit.jupiter.api.Nested;

class DirectProtocolTest {

    @Nested
    class Limits extends LimitsContract {
        @Override
        Exchange start() {
            return new DirectExchange();
        }
    }

    @Nested
    class Faults extends FaultsContract {
        @Override
        Exchange start() {
            return new DirectExchange();
        }
    }
}
