package quantum.trader.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every key there is: its name, kind, default, bounds and meaning. {@code docs/configuration.md} is made from it. */
enum Key {
    MODE("mode", Kind.TEXT, "simulated", "", "", "simulated, paper, testnet or live; the only switch between them"),
    LIVE_CONFIRMED("live_confirmed", Kind.FLAG, "false", "", "", "mode live also needs this: real money moves"),
    OBSERVE("observe", Kind.FLAG, "false", "", "", "take every decision and send no order"),
    DATA("data", Kind.PATH, "./quantum-data", "", "", "directory of the ledger and the embedded Redis"),
    POSITION_MODE("position_mode", Kind.TEXT, "one_way", "", "", "one_way or hedge, as the account is set"),
    VENUE("venue", Kind.WORD, "binance", "binance, crypto-com", "", "the exchange: its futures, or its spot pairs"),

    SIMULATOR_URL(
            "simulator.url",
            Kind.TEXT,
            null,
            "",
            "",
            "mode simulated: a running simulator; absent: one is started inside"),
    ENDPOINT_PRESET(
            "endpoints.preset",
            Kind.WORD,
            "demo",
            "demo, old_testnet",
            "",
            "mode testnet: the demo environment, or the hosts that the testnet had before"),
    ENDPOINT_REST("endpoints.rest", Kind.TEXT, null, "", "", "REST address instead of the mode's own"),
    ENDPOINT_PUBLIC("endpoints.ws_public", Kind.TEXT, null, "", "", "public stream address instead of the mode's own"),
    ENDPOINT_MARKET("endpoints.ws_market", Kind.TEXT, null, "", "", "market stream address instead of the mode's own"),
    ENDPOINT_PRIVATE(
            "endpoints.ws_private", Kind.TEXT, null, "", "", "private stream address instead of the mode's own"),
    ENDPOINT_ORDERS("endpoints.ws_api", Kind.TEXT, null, "", "", "WebSocket order address instead of the mode's own"),
    ORDER_ENTRY(
            "exchange.order_entry",
            Kind.WORD,
            "rest",
            "rest, websocket",
            "",
            "by HTTP requests, or over one kept WebSocket; while that is down exits go by HTTP and opens are refused"),
    API_KEY("keys.api_key", Kind.SECRET, null, "", "", "API key; only from the environment"),
    API_SECRET(
            "keys.api_secret",
            Kind.SECRET,
            null,
            "",
            "",
            "secret of an HMAC key, or an Ed25519 private key (PKCS#8 PEM); only from the environment"),
    API_KEY_FILE("keys.api_key_file", Kind.PATH, null, "", "", "file that holds the API key"),
    API_SECRET_FILE("keys.api_secret_file", Kind.PATH, null, "", "", "file that holds the secret or the PEM text"),
    WITHDRAWAL_ALLOWED(
            "keys.withdrawal_allowed",
            Kind.FLAG,
            "false",
            "",
            "",
            "mode live: start although the exchange says that money may be moved out"),

    REDIS_URL("redis.url", Kind.URL, null, "", "", "redis://user:password@host:port/db; absent: the embedded server"),
    REDIS_PORT("redis.port", Kind.WHOLE, "6380", "0", "65535", "port of the embedded server, 0 for a free one"),
    REDIS_PREFIX("redis.prefix", Kind.TEXT, "quantum", "", "", "first part of every stream and key"),
    REDIS_CONSUMER("redis.consumer", Kind.TEXT, "execution-1", "", "", "stable name in the consumer group"),
    REDIS_MAX_LENGTH(
            "redis.max_length", Kind.WHOLE, "100000", "1000", "10000000", "entries kept in each stream, about"),
    REDIS_SILENCE(
            "redis.silence_seconds",
            Kind.WHOLE,
            "0",
            "0",
            "604800",
            "no message for so long is an alert and unhealthy, 0 for never"),
    HTTP_PORT("http.port", Kind.WHOLE, "8007", "0", "65535", "port of the page and the interfaces, 0 for a free one"),
    HTTP_BIND("http.bind", Kind.TEXT, "127.0.0.1", "", "", "address of the page and the interfaces: loopback"),

    LOG_FORMAT("log.format", Kind.WORD, "text", "text, json", "", "lines for people, or one JSON object a line"),

    FILL_POLL("confirmation.fill_poll_millis", Kind.WHOLE, "500", "50", "5000", "pause between questions for a fill"),
    FILL_WAIT("confirmation.fill_wait_seconds", Kind.WHOLE, "20", "1", "120", "wait before pending_fill is reported"),
    RECONCILE("confirmation.reconcile_seconds", Kind.WHOLE, "60", "5", "600", "pause between questions after that"),
    OPEN_WINDOW(
            "confirmation.open_window_millis", Kind.WHOLE, "2000", "500", "5000", "recvWindow of opens: late ones die"),
    EXIT_WINDOW("confirmation.exit_window_millis", Kind.WHOLE, "5000", "1000", "60000", "recvWindow of exits"),

    OPENS_SHARE(
            "budget.opens_pct",
            Kind.WHOLE,
            "45",
            "5",
            "60",
            "share of the exchange's limits for opens, each counted with its stop, target and close"),
    TOTAL_SHARE(
            "budget.total_pct", Kind.WHOLE, "80", "60", "95", "share that only exits, start and recovery may exceed"),

    BOOTSTRAP("reading.bootstrap_seconds", Kind.WHOLE, "60", "5", "300", "pause between readings of the positions"),
    RESTS("reading.rests_check_seconds", Kind.WHOLE, "30", "5", "120", "pause between checks of resting stops"),
    ACCOUNT("reading.account_seconds", Kind.WHOLE, "10", "1", "60", "pause between readings of the free margin"),
    ABSENCE("reading.absence_seconds", Kind.WHOLE, "15", "5", "60", "absence from a list that counts as final"),

    TAKE_PROFIT("exits.take_profit_pct", Kind.DECIMAL, "2.5", "0.05", "50", "target where the intent gives none"),
    STOP_LOSS("exits.stop_loss_pct", Kind.DECIMAL, "1.5", "0.05", "50", "stop where the intent gives none"),
    TRAILING("exits.trailing_pct", Kind.DECIMAL, "1.5", "0.05", "50", "distance of the trailing stop"),
    TRAILING_FROM("exits.trailing_activation_pct", Kind.DECIMAL, "1", "0", "50", "profit from which the stop trails"),

    BREAK_EVEN(
            "exits.break_even_pct",
            Kind.DECIMAL,
            "0",
            "0",
            "50",
            "profit from which the stop covers entry and fees, 0 for never"),
    BREAK_EVEN_FEES(
            "exits.break_even_fees_pct", Kind.DECIMAL, "0.1", "0", "2", "fees of both sides that break-even covers"),
    MAX_TIME("exits.max_time_seconds", Kind.WHOLE, "0", "0", "2592000", "a position is closed after it, 0 for never"),
    LADDER(
            "exits.ladder",
            Kind.TEXT,
            "none",
            "",
            "",
            "partial exits, profit in percent and fraction of the largest quantity: 1:0.3, 2:0.3; or none"),
    SMALL_PART(
            "exits.small_part",
            Kind.WORD,
            "none",
            "none, full",
            "",
            "a part below the exchange's smallest size: close nothing (a ladder's goes with its next rung), or all"),
    RATCHET_STEP(
            "exits.ratchet_step_pct", Kind.DECIMAL, "0.1", "0.01", "5", "least step by which trailing moves the stop"),
    RATCHET_PAUSE("exits.ratchet_pause_millis", Kind.WHOLE, "2000", "0", "60000", "least time between two such moves"),
    ABSURD_PRINT(
            "exits.absurd_print_pct",
            Kind.DECIMAL,
            "5",
            "0.5",
            "50",
            "a mark that jumps further counts only once a second one confirms it"),

    BUFFER("margin.buffer_factor", Kind.DECIMAL, "1.25", "1", "5", "free margin needed for each unit of margin"),
    MARGIN_COOLDOWN("margin.cooldown_seconds", Kind.WHOLE, "300", "1", "86400", "pause of opens after a failure"),
    MARGIN_FAILURES("margin.failures_for_safe_mode", Kind.WHOLE, "5", "1", "100", "failures that mean safe mode"),
    MARGIN_WINDOW("margin.failure_window_seconds", Kind.WHOLE, "300", "10", "86400", "time in which they count"),
    SAFE_MODE(
            "margin.safe_mode_seconds", Kind.WHOLE, "900", "1", "86400", "length of safe mode, in which nothing opens"),
    MARGIN_ALERT(
            "margin.alert_below_usd",
            Kind.DECIMAL,
            "100",
            "0",
            "1000000000",
            "free margin below which an alert is raised; it ends at a fifth more; 0 for never"),

    SYMBOL_INTERVAL("rates.symbol_interval_seconds", Kind.WHOLE, "30", "0", "3600", "one open a symbol in this time"),
    OPENS_PER_MINUTE("rates.opens_per_minute", Kind.WHOLE, "5", "1", "600", "opens a minute in all"),
    GLOBAL_COOLDOWN("rates.global_cooldown_seconds", Kind.WHOLE, "300", "0", "86400", "pause of opens after a breach"),

    BREAKER_OPENS(
            "breaker.opens", Kind.WHOLE, "6", "1", "10000", "opens of one symbol and side in the window; more stop it"),
    BREAKER_TURNS(
            "breaker.turns", Kind.WHOLE, "3", "0", "10000", "changes of side of a symbol in the window; more stop it"),
    BREAKER_WINDOW("breaker.window_seconds", Kind.WHOLE, "300", "1", "86400", "the time in which both are counted"),

    SAME_SIDE(
            "existing_position.same_side",
            Kind.WORD,
            "update",
            "update, scale_in, refuse",
            "",
            "an open on the side of the position: move its levels, add to it, or refuse"),
    OTHER_SIDE(
            "existing_position.other_side",
            Kind.WORD,
            "refuse",
            "refuse, close, flip",
            "",
            "an open against the position: refuse, close it, or close it and open once nothing is held"),

    MAX_POSITIONS("limits.max_positions", Kind.WHOLE, "20", "1", "90", "positions at once; mode live needs it set"),
    MAX_NOTIONAL(
            "limits.max_notional_usd",
            Kind.DECIMAL,
            "0",
            "0",
            "1000000000",
            "what one position may be worth, before leverage; 0 for no bound; mode live needs one"),
    DEFAULT_LEVERAGE("limits.default_leverage", Kind.WHOLE, "1", "1", "125", "leverage where the intent gives none"),
    MAX_LEVERAGE("limits.max_leverage", Kind.WHOLE, "10", "1", "125", "highest leverage; mode live needs it set"),
    LIQUIDATION_SHARE(
            "limits.liquidation_share_pct",
            Kind.DECIMAL,
            "60",
            "10",
            "95",
            "farthest a stop may lie on the way to liquidation"),
    OPEN_MAX_AGE("limits.open_max_age_seconds", Kind.WHOLE, "60", "1", "600", "age at which an open is stale"),
    PRICE_STALE("limits.price_stale_seconds", Kind.WHOLE, "3", "1", "30", "age at which a mark price opens nothing"),

    UNPROTECTED_CLOSE(
            "protection.unprotected_close_seconds", Kind.WHOLE, "5", "1", "60", "new fill without a live stop: close"),
    FAIL_SAFE(
            "protection.fail_safe",
            Kind.WORD,
            "close",
            "alert, close, close_and_stop",
            "",
            "what becomes of a position that cannot be protected: alert only, close it, or close it and its symbol to opens"),
    LOST_STOP_CLOSE(
            "protection.lost_stop_close_seconds",
            Kind.WHOLE,
            "60",
            "5",
            "600",
            "lost stop that cannot be put back: close"),
    LEVEL_PASSED(
            "protection.level_passed_millis", Kind.WHOLE, "1500", "200", "10000", "wait for the exchange at its level"),
    PROTECT_RETRY("protection.retry_millis", Kind.WHOLE, "1000", "100", "10000", "pause between tries to protect"),
    SYSTEMIC("protection.systemic_positions", Kind.WHOLE, "3", "2", "50", "so many without stop: halt, page, no dump"),
    FIRING("protection.firing_seconds", Kind.WHOLE, "5", "1", "60", "wait for a level that fired to be executed"),
    SLOTS("protection.slots", Kind.WHOLE, "200", "20", "1000", "conditional orders that the account may hold"),
    SLOTS_FREE("protection.slots_free", Kind.WHOLE, "10", "1", "100", "places of these kept free, targets give theirs"),

    ADOPTION(
            "adoption.policy",
            Kind.WORD,
            "protect",
            "protect, show",
            "",
            "a position that none of our orders opened: give it a stop and a target, or show it and leave it alone"),
    ADOPTION_CLOSE(
            "adoption.close_unprotected",
            Kind.FLAG,
            "false",
            "",
            "",
            "close such a position too when its stop cannot be placed in time");

    private final String key;
    private final Kind kind;
    private final @Nullable String standard;
    private final String least;
    private final String most;
    private final String meaning;

    Key(String key, Kind kind, @Nullable String standard, String least, String most, String meaning) {
        this.key = key;
        this.kind = kind;
        this.standard = standard;
        this.least = least;
        this.most = most;
        this.meaning = meaning;
    }

    /** How a value is read and shown. */
    enum Kind {
        TEXT,
        FLAG,
        WHOLE,
        DECIMAL,
        /** One of the words that stand where numbers have their least value. */
        WORD,
        SECRET,
        /** {@code ~/} at its beginning is the home directory. */
        PATH,
        URL
    }

    /** The name in the file, for example {@code redis.url}. */
    public String key() {
        return key;
    }

    /** The name in the environment, for example {@code QUANTUM_REDIS_URL}. */
    public String variable() {
        return "QUANTUM_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    String standard() {
        return standard;
    }

    String least() {
        return least;
    }

    String most() {
        return most;
    }

    String meaning() {
        return meaning;
    }

    /** Whether it may be set for one symbol, as {@code exits.symbols.BTCUSDT.stop_loss_pct}. */
    boolean isBySymbol() {
        return switch (this) {
            case TAKE_PROFIT, STOP_LOSS, TRAILING, TRAILING_FROM, BREAK_EVEN, BREAK_EVEN_FEES, MAX_TIME, LADDER -> true;
            default -> false;
        };
    }

    static @Nullable Key named(String name) {
        for (Key candidate : values()) {
            if (candidate.key.equals(name)) {
                return candidate;
            }
        }
        return null;
    }

    static @Nullable Key ofVariable(String variable) {
        for (Key candidate : values()) {
            if (candidate.variable().equals(variable)) {
                return candidate;
            }
        }
        return null;
    }
}
