package quantum.simulator.binance;

import org.jspecify.annotations.Nullable;
import quantum.simulator.ApiKey;

/**
 * Who asks: the address, the key named, what the signature has to cover, and the key of the session where the connection
 * is logged on. The signed text is absent when the signature does not stand where it must.
 */
record Proof(
        String address,
        @Nullable String apiKey,
        @Nullable String signed,
        @Nullable ApiKey session) {}
