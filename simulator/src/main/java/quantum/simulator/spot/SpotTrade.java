package quantum.simulator.spot;

import java.math.BigDecimal;

/** One execution; the fee is what was taken of its coin. */
public record SpotTrade(
        long id,
        long matchId,
        SpotOrder order,
        BigDecimal price,
        BigDecimal quantity,
        CoinAmount fee,
        boolean maker,
        long at) {}
