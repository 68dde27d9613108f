package quantum.trader;

import java.time.Duration;
import java.util.function.BiConsumer;
import quantum.desk.Desk;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.trader.ledger.Ledger;
import quantum.trader.loop.DeskLoop;
import quantum.trader.loop.LoopOutputs;
import quantum.venue.Exchange;

/** An account's desk, its loop and its exchange, put together once for the service and for flatten. */
final class AccountDesk<I, R> implements AutoCloseable {

    private final DeskLoop<I, R> loop;
    private final Exchange.Connection<R> connection;

    /** {@code took} hears how long each request took, and what became of it. */
    AccountDesk(
            Rules rules,
            Exchange<I, R> exchange,
            Ledger ledger,
            LoopOutputs outputs,
            BiConsumer<Duration, String> took) {
        Exchange.Validity validity = exchange.validity();
        Desk desk = new Desk(rules.withWindows(validity.open(), validity.exit()));
        loop = new DeskLoop<>(desk, exchange.session(), ledger, outputs);
        connection = exchange.connect(loop::received, loop::at, took);
    }

    DeskLoop<I, R> loop() {
        return loop;
    }

    void start(Snapshot snapshot) {
        loop.start(snapshot, connection::perform);
    }

    @Override
    public void close() {
        loop.stop();
        connection.close();
    }
}
