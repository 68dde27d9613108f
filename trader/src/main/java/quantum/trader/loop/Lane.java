package quantum.trader.loop;

import quantum.venue.Urgency;

/** How urgent an input is; an earlier lane is emptied first, and due timers go before PRICES (design: queue order). */
enum Lane {
    /** What the exchange says of our orders. */
    FILLS,
    /** Answers to our requests, durability, commands. */
    REPLIES,
    /** Market data. */
    PRICES,
    /** New wishes; however many wait, a fill is never delayed by them. */
    INTENTS;

    static Lane of(Urgency urgency) {
        return switch (urgency) {
            case ACCOUNT -> FILLS;
            case ANSWER -> REPLIES;
            case PRICE -> PRICES;
        };
    }
}
