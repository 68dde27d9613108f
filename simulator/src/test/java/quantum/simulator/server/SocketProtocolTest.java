package quantum.simulator.server;

import org.junit.jupiter.api.Nested;

class SocketProtocolTest {

    @Nested
    class Limits extends LimitsContract {
        @Override
        Exchange start() {
            return new SocketExchange();
        }
    }

    @Nested
    class Faults extends FaultsContract {
        @Override
        Exchange start() {
            return new SocketExchange();
        }
    }
}
