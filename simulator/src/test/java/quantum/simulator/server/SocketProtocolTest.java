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

    @Nested
    class Authentication extends AuthenticationContract {
        @Override
        Exchange start() {
            return new SocketExchange();
        }
    }

    @Nested
    class Api extends ApiContract {
        @Override
        Exchange start() {
            return new SocketExchange();
        }
    }

    @Nested
    class OrderEndpoints extends OrderEndpointsContract {
        @Override
        Exchange start() {
            return new SocketExchange();
        }
    }

    @Nested
    class Streams extends StreamsContract {
        @Override
        Exchange start() {
            return new SocketExchange();
        }
    }
}
