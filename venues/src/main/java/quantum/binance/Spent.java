package quantum.binance;

/** The request weight used in the exchange's current window, and what the window allows (binance-usdm 8.1). */
public record Spent(long weight, long limit) {}
