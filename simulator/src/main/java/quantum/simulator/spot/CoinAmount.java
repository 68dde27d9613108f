package quantum.simulator.spot;

import java.math.BigDecimal;

/** So much of a coin. */
public record CoinAmount(String coin, BigDecimal amount) {}
