package quantum.trader;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest;
import quantum.trader.metrics.Metrics;

/** How long the exchange takes to answer. Every request is answered once, so that nothing stays behind. */
final class RequestTimes {

    private final Map<Long, Long> sentNanos = new ConcurrentHashMap<>();
    private final Metrics metrics;

    RequestTimes(Metrics metrics) {
        this.metrics = metrics;
    }

    void sent(List<BinanceRequest> requests) {
        for (BinanceRequest request : requests) {
            if (request instanceof BinanceRequest.Http http) {
                sentNanos.put(http.id(), System.nanoTime());
            }
        }
    }

    void received(BinanceInput input) {
        switch (input) {
            case BinanceInput.Replied(long id, int status, var _, var _) ->
                took(id, status < 400 ? "accepted" : "denied");
            case BinanceInput.Failed(long id, boolean unsent, var _) -> took(id, unsent ? "not_sent" : "no_answer");
            case BinanceInput.OfStream _, BinanceInput.Woken _ -> {}
        }
    }

    private void took(long id, String outcome) {
        Long sent = sentNanos.remove(id);
        if (sent != null) {
            metrics.requestTook(Duration.ofNanos(System.nanoTime() - sent), outcome);
        }
    }
}
