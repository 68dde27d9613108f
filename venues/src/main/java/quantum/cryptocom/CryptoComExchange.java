package quantum.cryptocom;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import quantum.venue.Exchange;
import quantum.venue.Session;

/** Crypto.com Exchange, or whoever speaks like it at the addresses of these settings. */
public record CryptoComExchange(CryptoComSettings settings) implements Exchange<CryptoComInput, CryptoComRequest> {

    /** A request is refused by the age of its nonce alone, and that is the same for all (crypto-com 1). */
    private static final Duration NONCE = Duration.ofSeconds(60);

    @Override
    public Validity validity() {
        return new Validity(NONCE, NONCE);
    }

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
