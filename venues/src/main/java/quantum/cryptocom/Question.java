package quantum.cryptocom;

import java.time.Duration;

/** One request to the exchange before it is stamped and signed, which happens in the turn in which it leaves. */
record Question(String method, Params params, Kind kind, Rank rank) {

    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration LISTING = Duration.ofSeconds(20);

    /** What a refusal or a lost answer leaves open. */
    enum Kind {
        /** Market data: a GET that nobody signs. */
        PUBLIC,
        READ,
        CREATE,
        CANCEL
    }

    /** Who goes first where the exchange's limit makes them wait. */
    enum Rank {
        /** Closes and protection, and what they wait for. */
        EXIT,
        OPEN,
        QUESTION
    }

    static Question market(String name, Params params) {
        return new Question("public/" + name, params, Kind.PUBLIC, Rank.QUESTION);
    }

    static Question read(String name, Params params, Rank rank) {
        return new Question("private/" + name, params, Kind.READ, rank);
    }

    static Question create(String name, Params params, Rank rank) {
        return new Question("private/" + name, params, Kind.CREATE, rank);
    }

    static Question cancel(String name, Params params) {
        return new Question("private/" + name, params, Kind.CANCEL, Rank.EXIT);
    }

    boolean changesOrders() {
        return kind == Kind.CREATE || kind == Kind.CANCEL;
    }

    /** Whether it speaks of orders that wait for a price: the way in to all protection (crypto-com 4). */
    boolean isOfProtection() {
        return method.startsWith("private/advanced/");
    }

    Duration timeout() {
        return method.equals("public/get-instruments") ? LISTING : USUAL;
    }
}
