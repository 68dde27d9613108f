package quantum.simulator.server;

class DirectExchangeTest extends ExchangeContract {

    @Override
    Exchange start() {
        return new DirectExchange();
    }
}
