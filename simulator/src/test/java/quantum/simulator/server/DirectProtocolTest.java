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

    @Nested
    class Authentication extends AuthenticationContract {
        @Override
        Exchange start() {
            return new DirectExchange();
        }
    }

    @Nested
    class Api extends ApiContract {
        @Override
        Exchange start() {
            return new DirectExchange();
        }
    }

    @Nested
    class OrderEndpoints extends OrderEndpointsContract {
        @Override
        Exchange start() {
            return new DirectExchange();
        }
    }

    @Nested
    class Streams extends StreamsContract {
        @Override
        Exchange start() {
            return new DirectExchange();
        }
    }
}
