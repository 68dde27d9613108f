package quantum.binance;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import quantum.venue.Exchange;
import quantum.venue.Session;

/** Binance USDⓈ-M futures, or whoever speaks like it at the addresses of these settings. */
public record BinanceExchange(BinanceSettings settings) implements Exchange<BinanceInput, BinanceRequest> {

    @Override
    public Validity validity() {
        return new Validity(settings.openWindow(), settings.exitWindow());
    }

    @Override
    public Session<BinanceInput, BinanceRequest> session() {
        return new BinanceSession(settings);
    }

    @Override
    public Connection<BinanceRequest> connect(
            Consumer<BinanceInput> inbox, WakeUps<BinanceInput> wakeUps, BiConsumer<Duration, String> took) {
        RequestTimes times = new RequestTimes(took);
        BinanceConnection connection = new BinanceConnection(
                settings,
                input -> {
                    times.received(input);
                    inbox.accept(input);
                },
                wakeUps);
        return new Connection<>() {
            @Override
            public void perform(List<BinanceRequest> requests) {
                times.sent(requests);
                connection.perform(requests);
            }

            @Override
            public void close() {
                connection.close();
            }
        };
    }
}
