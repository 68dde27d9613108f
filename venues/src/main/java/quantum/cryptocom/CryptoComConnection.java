package quantum.cryptocom;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.CryptoComRequest.CloseStream;
import quantum.cryptocom.CryptoComRequest.Http;
import quantum.cryptocom.CryptoComRequest.OpenStream;
import quantum.cryptocom.CryptoComRequest.SendFrame;
import quantum.cryptocom.CryptoComRequest.Wake;
import quantum.http.Socket;
import quantum.http.Sockets;
import quantum.http.Wire;
import quantum.venue.Exchange.Connection;
import quantum.venue.Exchange.WakeUps;

/**
 * Moves a session's requests over sockets and hands what comes back to an inbox, from any thread and never blocking:
 * the inbox has to be a queue that the session's own thread drains. Timers are the caller's. A POST leaves once, as
 * everything does: the client repeats nothing but a GET.
 */
final class CryptoComConnection implements Connection<CryptoComRequest> {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Pattern SUCCESS = Pattern.compile("\"code\"\\s*:\\s*\"?0\"?\\s*[,}]");

    private final CryptoComSettings settings;
    private final Consumer<CryptoComInput> inbox;
    private final WakeUps<CryptoComInput> wakeUps;
    private final BiConsumer<Duration, String> took;
    private final Wire wire = new Wire(CONNECT_TIMEOUT);
    private final Sockets sockets = new Sockets(wire, CONNECT_TIMEOUT);

    CryptoComConnection(
            CryptoComSettings settings,
            Consumer<CryptoComInput> inbox,
            WakeUps<CryptoComInput> wakeUps,
            BiConsumer<Duration, String> took) {
        this.settings = settings;
        this.inbox = inbox;
        this.wakeUps = wakeUps;
        this.took = took;
    }

    @Override
    public void perform(List<CryptoComRequest> requests) {
        for (CryptoComRequest request : requests) {
            switch (request) {
                case Http http -> send(http);
                case OpenStream open -> open(open);
                case SendFrame frame -> send(frame);
                case CloseStream close -> sockets.close(close.connection());
                case Wake(long timer, long atNanos) -> wakeUps.at(atNanos, new CryptoComInput.Woken(timer));
            }
        }
    }

    @Override
    public void close() {
        sockets.close();
        wire.close();
    }

    private URI uri(Http http) {
        String target = http.query().isEmpty() ? http.method() : http.method() + "?" + http.query();
        return URI.create(settings.endpoints().rest() + "/" + target);
    }

    private void send(Http http) {
        long sent = System.nanoTime();
        Wire.Request request = http.isGet()
                ? new Wire.Request("GET", uri(http), Map.of(), http.timeout())
                : new Wire.Request("POST", uri(http), JSON, http.body(), http.timeout());
        wire.send(request, result -> {
            switch (result) {
                case Wire.Result.Replied(int status, var headers, String body) ->
                    replied(http, sent, status, headers, body);
                case Wire.Result.Failed(boolean unsent, String cause) -> failed(http, sent, unsent, cause);
            }
        });
    }

    private void replied(Http http, long sent, int status, HttpHeaders headers, String body) {
        boolean isTaken = status < 400 && SUCCESS.matcher(body).find();
        took.accept(Duration.ofNanos(System.nanoTime() - sent), isTaken ? "accepted" : "denied");
        Instant date = headers.firstValue("date").map(CryptoComConnection::date).orElse(null);
        inbox.accept(new CryptoComInput.Replied(http.id(), status, date, body));
    }

    private static @Nullable Instant date(String header) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private void failed(Http http, long sent, boolean unsent, String cause) {
        took.accept(Duration.ofNanos(System.nanoTime() - sent), unsent ? "not_sent" : "no_answer");
        inbox.accept(new CryptoComInput.Failed(http.id(), unsent, cause));
    }

    private void open(OpenStream open) {
        long connection = open.connection();
        sockets.open(connection, open.url(), new Socket.Listener() {
            @Override
            public void opened() {
                inbox.accept(new CryptoComInput.StreamOpened(open.stream(), connection));
            }

            @Override
            public void text(String text) {
                inbox.accept(new CryptoComInput.FrameReceived(open.stream(), connection, text));
            }

            @Override
            public void closed(String cause) {
                inbox.accept(new CryptoComInput.StreamClosed(open.stream(), connection, cause));
            }
        });
    }

    private void send(SendFrame frame) {
        if (!sockets.send(frame.connection(), frame.text())) {
            inbox.accept(new CryptoComInput.StreamClosed(frame.stream(), frame.connection(), "closed before"));
        }
    }
}
