package quantum.witness;

import com.binance.connector.client.common.websocket.adapter.stream.StreamConnectionWrapper;
import com.binance.connector.client.common.websocket.configuration.WebSocketClientConfiguration;
import com.binance.connector.client.common.websocket.dtos.RequestWrapperDTO;
import com.binance.connector.client.common.websocket.service.StreamBlockingQueueWrapper;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.DerivativesTradingUsdsFuturesWebSocketStreamsUtil;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.JSON;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.api.DerivativesTradingUsdsFuturesWebSocketStreams;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.UserDataStreamEventsResponse;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** A test that listens through the connector's streams, on the path of today (binance-usdm 1.2). */
abstract class StreamStranger extends Stranger {

    /**
     * Waits for the acknowledgement of what it sends. The connector does not, and notes a request only after it left,
     * too late for an answer that comes at once.
     */
    private static final class Subscribing extends StreamConnectionWrapper {

        Subscribing(WebSocketClientConfiguration configuration) {
            super(configuration, JSON.getGson());
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void innerSend(RequestWrapperDTO request) {
            pendingRequest.put(request.getId(), request);
            super.innerSend(request);
            Awaitility.await("the acknowledgement")
                    .atMost(Duration.ofSeconds(5))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> request.getResponseCallback().isDone());
        }
    }

    private final List<StreamConnectionWrapper> open = new ArrayList<>();

    /** The connector's streams on {@code public}, {@code market} or {@code private}. */
    DerivativesTradingUsdsFuturesWebSocketStreams streams(String path) {
        var configuration = DerivativesTradingUsdsFuturesWebSocketStreamsUtil.getClientConfiguration();
        configuration.setUrl(simulator.socketUrl() + "/" + path + "/stream");
        var connection = new Subscribing(configuration);
        open.add(connection);
        return new DerivativesTradingUsdsFuturesWebSocketStreams(connection);
    }

    @AfterEach
    void hangUp() throws Exception {
        for (var connection : open) connection.stop();
    }

    /** The next frame, recorded under the entry's name and compared with the connector's class of it. */
    <T> T heard(String method, String entry, StreamBlockingQueueWrapper<T> queue) {
        return take(queue, text -> new Call(method, entry, Map.of(), 200, text));
    }

    /** The next event of the user stream that is of this kind; those before it are recorded too. */
    <T> T event(StreamBlockingQueueWrapper<UserDataStreamEventsResponse> queue, Class<T> kind) {
        while (true) {
            var event = take(queue, StreamStranger::userEvent).getActualInstance();
            if (kind.isInstance(event)) return kind.cast(event);
        }
    }

    private static Call userEvent(String text) {
        var name = JsonParser.parseString(text).getAsJsonObject().get("e").getAsString();
        return new Call("userData", "EVENT " + name, Map.of(), 200, text);
    }

    private <T> T take(StreamBlockingQueueWrapper<T> queue, Function<String, Call> call) {
        var waiting = queue.getInnerQueue();
        Awaitility.await("the next frame")
                .atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !waiting.isEmpty());
        var heard = call.apply(Objects.requireNonNull(waiting.peek()));
        recorder.add(heard);
        try {
            var frame = queue.take();
            compare(heard, frame);
            return frame;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
