package quantum.simulator;

/** A figure or a switch of the exchange's behaviour that may be changed while it runs; switches are 0 or 1. */
public enum Setting {
    FILL_DELAY_SHORTEST_MILLIS(200),
    FILL_DELAY_LONGEST_MILLIS(500),
    /** From the trigger of a conditional order to its real order. */
    ALGO_DELAY_MILLIS(10),
    /** How long queries do not see a new order (binance-usdm 3.5). */
    QUERY_DELAY_MILLIS(0),
    /** The same for conditional orders (binance-usdm 11 P3). */
    ALGO_QUERY_DELAY_MILLIS(0),
    /** How long positionRisk tells what was held before a trade. */
    POSITION_DELAY_MILLIS(0),
    /** How long lists of open orders show what is over and lack what is new. */
    LIST_DELAY_MILLIS(0),
    /** Whether an optional parameter without a value is refused instead of taken for absent. */
    EMPTY_PARAMETERS_REFUSED(false),
    /** Whether a symbol that ended is unknown to every request, its trades among them. */
    ENDED_SYMBOLS_UNKNOWN(false),
    /** Whether closePosition orders expire when their position goes flat (binance-usdm 13, question 5). */
    EXPIRE_WHEN_FLAT(true),
    EXPIRE_WHEN_FLAT_MILLIS(5),
    /** Whether a finished order's client id may be used again (binance-usdm 13, question 4). */
    FINISHED_CLIENT_ID_REUSABLE(true),
    /** Whether RESULT waits for the final status of orders that have one (binance-usdm 13, question 1). */
    RESULT_IS_FINAL(true),
    /** Whether acknowledgements carry avgPrice and cumQuote, as before July 2026 (binance-usdm 0.1). */
    ACKNOWLEDGE_WITH_PRICES(false),
    /** Whether order queries lack avgPrice and cumQuote, as seen on the demo exchange (binance-usdm 3.3). */
    QUERY_WITHOUT_PRICES(false),
    /** Whether userTrades shows what was paid as a negative commission (binance-usdm 3.5). */
    COMMISSION_NEGATIVE(false),
    /** The refusal of a close while resting ones use the position up: 4118, 2022, or 0 to take it. */
    REDUCE_ONLY_CONFLICT_CODE(4118),
    /** The refusal of a timeInForce with a market order: 1106 or 1114 (binance-usdm 3.1). */
    MARKET_TIME_IN_FORCE_CODE(1106),
    /** 0: all ids below 2^53; 1: order ids beyond, as seen; 2: all beyond (binance-usdm 0.10). */
    ID_SIZE(1),
    /** Whether forced closes show NEW_INSURANCE or NEW_ADL instead of FILLED (binance-usdm 5.2). */
    FORCED_STATUS_NOISE(false),
    /** From the loss of maintenance margin to the liquidation. */
    LIQUIDATION_DELAY_MILLIS(100),
    /** The share of maintenance in the margin, in percent, that raises a margin call. */
    MARGIN_CALL_PERCENT(80),
    FUNDING_INTERVAL_SECONDS(28_800),
    /** How long the income does not list what was paid; the reference names no bound (binance-usdm 7). */
    INCOME_DELAY_MILLIS(0),
    MARK_INTERVAL_MILLIS(1_000),
    SLOW_MARK_INTERVAL_MILLIS(3_000),
    LISTEN_KEY_SECONDS(3_600),
    CLOCK_OFFSET_MILLIS(0),
    WEIGHT_PER_MINUTE(2_400),
    ORDERS_PER_MINUTE(1_200),
    ORDERS_PER_10_SECONDS(300),
    /** Refusals for weight within a minute that lead to a ban of the address (binance-usdm 8.2, 418). */
    BAN_AFTER_REFUSALS(10),
    /** The first ban; each further one is twice as long, up to three days. */
    BAN_MILLIS(120_000),
    /** Whether 429 and 418 carry Retry-After (binance-usdm 13, question 6). */
    RETRY_AFTER(false),
    /** How much later an order reaches the matching engine, which checks its time again (binance-usdm 2.3). */
    ENGINE_DELAY_MILLIS(0),
    /** The code for a key nobody knows: 2015, or 2008 as seen with keys of another environment (binance-usdm 1.1). */
    UNKNOWN_KEY_CODE(2_015),
    /** Whether trades are also told by TRADE_LITE (binance-usdm 5.5). */
    TRADE_LITE(true),
    /** Whether a user stream tells only the events that its address names, and nothing to a key in its path (S19, S20). */
    PRIVATE_NEEDS_EVENTS(false),
    /** Whether a user stream tells nothing to a key in its address, only to one that a message subscribes to. */
    PRIVATE_BY_MESSAGE_ALONE(false),
    /** Whether the array streams carry COIN-M symbols too (binance-usdm 1.4, 2026-06-30). */
    COIN_ROWS(true),
    PING_MILLIS(180_000),
    /** A connection that owes a pong for so long is closed (binance-usdm 1.3). */
    PONG_MILLIS(600_000),
    CONNECTION_LIFE_MILLIS(86_400_000),
    MESSAGES_PER_SECOND(10),
    /** Kicks for too many messages that lead to a ban of the address. */
    BAN_AFTER_KICKS(5),
    STREAMS_PER_CONNECTION(1_024),
    /** From an order of the spot exchange to the acknowledgement of it. */
    SPOT_ACK_DELAY_MILLIS(20),
    /** How many of a hundred spot orders are published before they are acknowledged. */
    SPOT_PUSH_FIRST_PERCENT(33),
    /** From the acceptance of a spot order to its match. */
    SPOT_FILL_DELAY_MILLIS(0),
    /** What a new spot order is at first: 0 for ACTIVE or its end, 1 for NEW, 2 for PENDING. */
    SPOT_FIRST_STATUS(0),
    /** How long it stays so. */
    SPOT_FIRST_STATUS_MILLIS(300),
    /** How long spot order queries do not find a new order, ordinary or advanced. */
    SPOT_QUERY_DELAY_MILLIS(0),
    /** How old the spot balances are that a client reads. */
    SPOT_BALANCE_DELAY_MILLIS(500),
    /** Whether the spot balances that a client reads stand still. */
    SPOT_BALANCES_FROZEN(false),
    /** How often changed balances are published at most. */
    SPOT_BALANCE_PUSH_MILLIS(2_000),
    /** Whether a spot order that is refused after it got an id is kept as REJECTED, its client id used. */
    SPOT_REFUSED_ORDERS_KEPT(false),
    /** Whether a trigger without money beside the others is rejected after its acknowledgement. */
    SPOT_SECOND_TRIGGER_REJECTED(true),
    /** From the acknowledgement of a trigger to the look at its money. */
    SPOT_TRIGGER_CHECK_MILLIS(200),
    /** From the touch of a trigger to its real order. */
    SPOT_TRIGGER_DELAY_MILLIS(10),
    /** Whether the real order of a trigger keeps the client id of the trigger. */
    SPOT_CHILD_KEEPS_CLIENT_ID(false),
    /** Whether the resting limit orders of advanced lists are listed and cancelled among the ordinary ones. */
    SPOT_LISTED_LEGS_SHOWN(false),
    /** Whether advanced/get-open-orders lists single triggers and pairs, not attached orders alone. */
    SPOT_ADVANCED_OPEN_LISTS_ALL(true),
    /** Whether the cancel of one leg of a pair ends the other. */
    SPOT_OCO_LEG_CANCEL_ENDS_PAIR(true),
    /** Whether attached legs go live when their first order ends CANCELED with a part of it executed. */
    SPOT_RESIDUE_ACTIVATES(false),
    /** Whether the code of an answer is a text. */
    SPOT_CODE_AS_TEXT(false),
    /** Whether a request whose id is a text is answered 40001. */
    SPOT_TEXT_ID_REFUSED(false),
    /** The HTTP status of 140001: 400, 500 or 200 were all seen. */
    SPOT_DISABLED_STATUS(400),
    /** The HTTP status of 40401: 200 or 404, by two pages of the venue. */
    SPOT_NOT_FOUND_STATUS(200),
    /** Whether a resting trigger says UNTRIGGERED, as once seen, instead of NEW. */
    SPOT_TRIGGERS_UNTRIGGERED(false),
    /** Whether the spot exchange counts calls. */
    SPOT_LIMITS(true),
    /** Rows of one answer of get-instruments; the rest follows its cursor. */
    SPOT_INSTRUMENTS_A_PAGE(100),
    SPOT_HEARTBEAT_MILLIS(30_000),
    /** How long the answer to a heartbeat may take. */
    SPOT_HEARTBEAT_ANSWER_MILLIS(5_000);

    private final long initial;
    private final boolean toggle;

    Setting(long initial) {
        this.initial = initial;
        this.toggle = false;
    }

    Setting(boolean initial) {
        this.initial = initial ? 1 : 0;
        this.toggle = true;
    }

    long initial() {
        return initial;
    }

    /** True for a switch, false for a figure. */
    public boolean toggle() {
        return toggle;
    }
}
