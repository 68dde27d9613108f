package quantum.cryptocom;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import quantum.venue.Exchange;
import quantum.venue.Session;

/** Crypto.com Exchange, or whoever speaks like it at the addresses of these settings. */
public record CryptoComExchange(CryptoComSettings settings) implements Exchange<CryptoComInput, CryptoComRequest> {

    @Override
    public Session<CryptoComInput, CryptoComRequest> session() {
        return new CryptoComSession(settings);
    }

    @Override
    public Connection<CryptoComRequest> connect(
            Consumer<CryptoComInput> inbox, WakeUps<CryptoComInput> wakeUps, BiConsumer<Duration, String> took) {
        return new CryptoComConnection(settings, inbox, wakeUps, took);
    }
}
