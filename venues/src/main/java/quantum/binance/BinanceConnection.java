package quantum.binance;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import quantum.binance.BinanceRequest.CloseStream;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceRequest.OpenStream;
import quantum.binance.BinanceRequest.SendFrame;
import quantum.binance.BinanceRequest.Wake;
import quantum.http.Socket;
import quantum.http.Sockets;
import quantum.http.Wire;
import quantum.venue.Exchange.WakeUps;

/**
 * Moves a session's requests over sockets and hands what comes back to an inbox, from any thread and never blocking:
 * the inbox has to be a queue that the session's own thread drains. Timers are the caller's.
 */
public final class BinanceConnection implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final BinanceSettings settings;
    private final Consumer<BinanceInput> inbox;
    private final WakeUps<BinanceInput> wakeUps;
    private final Wire wire = new Wire(CONNECT_TIMEOUT);
    private final Sockets sockets = new Sockets(wire, CONNECT_TIMEOUT);

    public BinanceConnection(BinanceSettings settings, Consumer<BinanceInput> inbox, WakeUps<BinanceInput> wakeUps) {
        this.settings = settings;
        this.inbox = inbox;
        this.wakeUps = wakeUps;
    }

    /** Sends each request in order, at once. */
    public void perform(List<BinanceRequest> requests) {
        for (BinanceRequest request : requests) {
            switch (request) {
                case Http http -> send(http);
                case OpenStream open -> open(open);
                case SendFrame frame -> send(frame);
                case CloseStream close -> sockets.close(close.connection());
                case Wake(long timer, long atNanos) -> wakeUps.at(atNanos, new BinanceInput.Woken(timer));
            }
        }
    }

    @Override
    public void close() {
        sockets.close();
        wire.close();
    }

    private void send(Http http) {
        String target = http.query().isEmpty() ? http.path() : http.path() + "?" + http.query();
        URI uri = URI.create(settings.endpoints().rest() + target);
        Map<String, String> headers = http.keyed() ? Map.of("X-MBX-APIKEY", settings.apiKey()) : Map.of();
        wire.send(new Wire.Request(http.method().name(), uri, headers, http.timeout()), result -> {
            inbox.accept(
                    switch (result) {
                        case Wire.Result.Replied(int status, var said, String body) ->
                            new BinanceInput.Replied(http.id(), status, Usage.of(said::firstValue), body);
                        case Wire.Result.Failed(boolean unsent, String cause) ->
                            new BinanceInput.Failed(http.id(), unsent, cause);
                    });
        });
    }

    private void open(OpenStream open) {
        long connection = open.connection();
        sockets.open(connection, open.url(), new Socket.Listener() {
            @Override
            public void opened() {
                inbox.accept(new BinanceInput.StreamOpened(open.stream(), connection));
            }

            @Override
            public void text(String text) {
                inbox.accept(new BinanceInput.FrameReceived(open.stream(), connection, text));
            }

            @Override
            public void closed(String cause) {
                inbox.accept(new BinanceInput.StreamClosed(open.stream(), connection, cause));
            }
        });
    }

    private void send(SendFrame frame) {
        if (!sockets.send(frame.connection(), frame.text())) {
            inbox.accept(new BinanceInput.StreamClosed(frame.stream(), frame.connection(), "closed before"));
        }
    }
}
