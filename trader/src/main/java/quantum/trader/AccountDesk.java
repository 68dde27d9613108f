package quantum.trader;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import quantum.binance.BinanceConnection;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest;
import quantum.binance.BinanceSession;
import quantum.binance.BinanceSettings;
import quantum.desk.Desk;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.trader.ledger.Ledger;
import quantum.trader.loop.DeskLoop;
import quantum.trader.loop.LoopOutputs;

/** An account's desk, its loop and its exchange, put together once for the service and for flatten. */
final class AccountDesk implements AutoCloseable {

    private final DeskLoop<BinanceInput, BinanceRequest> loop;
    private final BinanceConnection connection;
    private final RequestTimes times;

    /** {@code took} hears how long each request took, and what became of it. */
    AccountDesk(
            Rules rules,
            BinanceSettings exchange,
            Ledger ledger,
            LoopOutputs outputs,
            BiConsumer<Duration, String> took) {
        times = new RequestTimes(took);
        loop = new DeskLoop<>(new Desk(rules), new BinanceSession(exchange), ledger, outputs);
        connection = new BinanceConnection(exchange, this::received, loop::at);
    }

    private void received(BinanceInput input) {
        times.received(input);
        loop.received(input);
    }

    private void perform(List<BinanceRequest> requests) {
        times.sent(requests);
        connection.perform(requests);
    }

    DeskLoop<?, ?> loop() {
        return loop;
    }

    void start(Snapshot snapshot) {
        loop.start(snapshot, this::perform);
    }

    @Override
    public void close() {
        loop.stop();
        connection.close();
    }
}
