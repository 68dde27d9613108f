package quantum.trader.command;

/** What {@code --prices} takes, as the help of both verbs says it. */
final class PricesHelp {

    static final String TEXT =
            "A file of bars of one symbol, which its name begins with: ETHUSDT-1m.csv, ETH_USDT-5m.json,"
                    + " 'BINANCE_ETHUSDT.P, 1.csv'. CSV with a header that names a time (timestamp, time, open_time, date, unix),"
                    + " open, high, low and close in any order and case, or without one these five in this order: the exchange's"
                    + " own klines archive, also zipped or gzipped, exports of TradingView, CryptoDataDownload, Kraken, freqtrade."
                    + " Times: epoch in s, ms or us, or ISO; UTC unless they say otherwise. Each bar plays open, low, high, close"
                    + " for as long as it is. More: docs/simulator.md.";

    private PricesHelp() {}
}
