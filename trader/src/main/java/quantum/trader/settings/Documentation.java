package quantum.trader.settings;

/** Writes {@code docs/configuration.md} from the keys; a test sees to it that the file is up to date. */
final class Documentation {

    private Documentation() {}

    static String text() {
        StringBuilder text = new StringBuilder("""
                # Configuration

                One YAML file (`./quantum run --config FILE`), every key overridable in the environment, every problem
                reported at once. `./quantum config show` prints the merged values with their sources. An unknown key
                or `QUANTUM_` variable is an error. Examples: `etc/`. This page is made from the code.

                `mode` is the only switch between simulation and money. The flags `BINANCE_USE_TESTNET`, `TESTNET`,
                `USE_TESTNET`, `BINANCE_TESTNET` and `PAPER_TRADING` are understood where no mode is set; a set that
                contradicts itself or the mode refuses to start. Secrets come from the environment or from a file it
                names that only its owner may read, never from the YAML file.

                Also understood, below our own names: `REDIS_URL`, `INTENT_MAX_AGE_SEC`, and in mode `testnet`
                `BINANCE_TESTNET_API_KEY` and `BINANCE_TESTNET_SECRET_KEY`; with `venue: crypto-com`
                `ORDER_FILL_POLL_MAX_ATTEMPTS`, `ORDER_FILL_POLL_INTERVAL_SECONDS` and `FAILSAFE_ON_SLTP_ERROR`. One
                that has no effect is named at the start and by `./quantum config check`.

                `venue` is the exchange: `binance` (USDⓈ-M futures) or `crypto-com` (spot,
                [its page](venues/crypto-com.md)). What an exchange has not is refused by its key.
                """ + VenueValues.documentation() + "\n\n" + """
                A key is written in sections or with its dots (`limits.max_leverage: 3`); `~/` at the beginning of a
                path is the home directory.

                The exits of one symbol are set as `exits.symbols.BTCUSDT.stop_loss_pct` (in the environment
                `QUANTUM_EXITS_SYMBOLS_BTCUSDT_STOP_LOSS_PCT`): target, stop, trailing, break-even, time and ladder.

                | Key | Environment | Default | Allowed | Meaning |
                |---|---|---|---|---|
                """);
        for (Key key : Key.values()) {
            String standard = key.standard();
            String allowed = switch (key.kind()) {
                case FLAG -> "true, false";
                case WORD -> key.least();
                case WHOLE, DECIMAL -> key.least() + " to " + key.most();
                case TEXT, SECRET, PATH, URL -> "";
            };
            text.append("| `%s` | `%s` | %s | %s | %s |\n"
                    .formatted(
                            key.key(),
                            key.variable(),
                            standard == null ? "" : "`" + standard + "`",
                            allowed,
                            key.meaning()));
        }
        return text.toString();
    }
}
