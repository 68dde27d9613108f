package quantum.simulator.binance;

import java.util.concurrent.TimeUnit;
import quantum.simulator.Connection;
import quantum.simulator.FrameSink;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;

/** One WebSocket connection of a client: pinged, and cut after a day or without pongs (binance-usdm 1.3). */
public abstract class ClientConnection implements Connection {

    final Simulator exchange;
    final String path;
    final String address;
    final FrameSink sink;
    private final Connections connections;
    private final long openedAt;
    private boolean open;
    private long pings;
    private long answered;

    ClientConnection(Connections connections, String path, String address, FrameSink sink) {
        this.connections = connections;
        this.exchange = connections.exchange();
        this.path = path;
        this.address = address;
        this.sink = sink;
        openedAt = exchange.now();
    }

    /** The handshake is over. */
    final void start() {
        open = true;
        connections.add(this);
        exchange.scheduler().after(exchange.settings().nanos(Setting.CONNECTION_LIFE_MILLIS), this::disconnect);
        nextPing();
    }

    private void nextPing() {
        exchange.scheduler().after(Math.max(1, exchange.settings().nanos(Setting.PING_MILLIS)), this::ping);
    }

    private void ping() {
        if (!open) return;
        long number = ++pings;
        sink.ping(Long.toString(number));
        exchange.scheduler().after(exchange.settings().nanos(Setting.PONG_MILLIS), () -> {
            if (answered < number) disconnect();
        });
        nextPing();
    }

    /** A pong counts only with the payload of a ping; unsolicited ones are allowed and keep nothing alive. */
    @Override
    public final void pong(String payload) {
        if (payload.equals(Long.toString(pings))) answered = pings;
    }

    /** A text frame from the client; what comes after the end is not heard. */
    @Override
    public final void receive(String text) {
        if (open) hear(text);
    }

    abstract void hear(String text);

    /** The moment of the handshake, in milliseconds of the server's clock. */
    final long openedAtMillis() {
        return exchange.serverMillis(openedAt);
    }

    final boolean isOpen() {
        return open;
    }

    /** Sends later, unless the connection has ended by then. */
    final void later(long millis, Runnable delivery) {
        exchange.scheduler().after(TimeUnit.MILLISECONDS.toNanos(millis), () -> {
            if (open) delivery.run();
        });
    }

    /** The client is gone. */
    @Override
    public final void close() {
        if (!open) return;
        open = false;
        connections.remove(this);
        ended();
    }

    /** What a kind of connection has to let go of. */
    void ended() {}

    /** The exchange ends the connection. */
    final void disconnect() {
        if (!open) return;
        close();
        sink.close();
    }
}
