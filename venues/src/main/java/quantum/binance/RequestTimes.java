package quantum.binance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the exchange takes to answer, by whichever door it was asked. */
final class RequestTimes {

    /** The head of an answer on the order socket. */
    private static final Pattern ANSWER =
            Pattern.compile("\\s*\\{\\s*\"id\"\\s*:\\s*(\\d{1,18})\\s*,\\s*\"status\"\\s*:\\s*(\\d{3})\\D");

    /** When a request left, and on which connection: zero for one of HTTP, which is answered once in any case. */
    private record Sent(long nanos, long connection) {}

    private final Map<Long, Sent> unanswered = new ConcurrentHashMap<>();
    private final BiConsumer<Duration, String> took;

    /** {@code took} hears of each how long it took, and what became of it. */
    RequestTimes(BiConsumer<Duration, String> took) {
        this.took = took;
    }

    void sent(List<BinanceRequest> requests) {
        for (BinanceRequest request : requests) {
            switch (request) {
                case BinanceRequest.Http http -> unanswered.put(http.id(), new Sent(System.nanoTime(), 0));
                case BinanceRequest.SendFrame frame ->
                    unanswered.put(frame.id(), new Sent(System.nanoTime(), frame.connection()));
                case BinanceRequest.OpenStream _, BinanceRequest.CloseStream _, BinanceRequest.Wake _ -> {}
            }
        }
    }

    void received(BinanceInput input) {
        switch (input) {
            case BinanceInput.Replied(long id, int status, var _, var _) -> answered(id, status);
            case BinanceInput.Failed(long id, boolean unsent, var _) -> took(id, unsent ? "not_sent" : "no_answer");
            case BinanceInput.FrameReceived(StreamName stream, var _, String text) -> {
                Matcher answer = stream == StreamName.ORDERS ? ANSWER.matcher(text) : null;
                if (answer != null && answer.lookingAt()) {
                    answered(Long.parseLong(answer.group(1)), Integer.parseInt(answer.group(2)));
                }
            }
            case BinanceInput.StreamClosed(var _, long connection, var _) -> ended(connection);
            case BinanceInput.StreamOpened _, BinanceInput.Woken _ -> {}
        }
    }

    private void ended(long connection) {
        unanswered.forEach((id, sent) -> {
            if (sent.connection() == connection) {
                took(id, "no_answer");
            }
        });
    }

    private void answered(long id, int status) {
        took(id, status < 400 ? "accepted" : "denied");
    }

    private void took(long id, String outcome) {
        Sent sent = unanswered.remove(id);
        if (sent != null) {
            took.accept(Duration.ofNanos(System.nanoTime() - sent.nanos()), outcome);
        }
    }
}
