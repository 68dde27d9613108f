package quantum.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceRequest.Method;
import quantum.decision.Event;
import quantum.guard.Limits;
import quantum.intent.Report;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.rules.Rules;

/**
 * Bugs of the reports and of the peers, and guards taken away: put in from outside where the shipped code meets the world,
 * never as a switch in it. Each names the bug and a seed that catches it; a simulation that catches none
 * would prove nothing.
 */
enum Mutant {
    /** The code as it ships. */
    NONE("", 0),
    /** "Filled" is told when the order is accepted, at the price of the decision. */
    TELLS_FILLED_EARLY("M1", 1) {
        @Override
        List<Notice> told(Notice notice) {
            return Told.early(notice);
        }
    },
    /** Closes cannot be read, for the name of a field, and nobody notices. */
    CLOSES_ARE_UNREADABLE("M2", 1) {
        @Override
        Map<String, String> read(Map<String, String> fields) {
            return "CLOSE".equals(fields.get("action")) ? Told.without(fields, "reduceOnly", "action", "SELL") : fields;
        }
    },
    /** Intents are awaited on a stream of another name. */
    READS_ANOTHER_STREAM("M3", 1) {
        @Override
        boolean handsOut(boolean first) {
            return false;
        }
    },
    /** What is pending is read over and over, what is new never. */
    READS_FROM_THE_START("M4", 1) {
        @Override
        boolean handsOut(boolean first) {
            return !first;
        }
    },
    /** A decision is not followed by an acknowledgement. */
    ACKNOWLEDGES_NOTHING("M5", 1) {
        @Override
        boolean acknowledges() {
            return false;
        }
    },
    /** One position that lacks a field ends the reading of all. */
    BOOTSTRAP_DIES("M6", 1) {
        @Override
        void hears(Wire wire, Http http, BinanceInput input) {
            boolean some = input instanceof BinanceInput.Replied replied
                    && http.path().endsWith("/positionRisk")
                    && replied.body().contains("symbol");
            wire.tell(some ? new BinanceInput.Failed(http.id(), false, "leverage is missing") : input);
        }
    },
    /** Every third intent is acknowledged and left there. */
    SWALLOWS_INTENTS("M7", 1) {
        @Override
        boolean swallows(long message) {
            return message % 3 == 0;
        }
    },
    /** Orders go to a simulation of the service's own. */
    TRADES_ON_PAPER("M8", 1) {
        @Override
        boolean onPaper() {
            return true;
        }
    },
    /** Nobody asks for free margin before the order. */
    NO_MARGIN_CHECK("M9", 23) {
        @Override
        Rules rules(Rules rules) {
            return Told.margin(
                    rules,
                    m -> new Limits.MarginLimits(
                            BigDecimal.ZERO, m.cooldown(), m.failuresForSafeMode(), m.failureWindow(), m.safeMode()));
        }
    },
    /** The process ended between a lock and its expiry: what it was for never ends. */
    LOCKS_FOR_EVER("M10", 2) {
        @Override
        void hears(Wire wire, Http http, BinanceInput input) {
            wire.tell(Told.asksForOrder(http) ? new BinanceInput.Failed(http.id(), false, "locked") : input);
        }
    },
    /** Records count as durable before they are. */
    RECORDS_LATER("M11", 1) {
        @Override
        boolean recordsLater() {
            return true;
        }
    },
    /** A message is acknowledged when it is read. */
    ACKNOWLEDGES_FIRST("M12", 2) {
        @Override
        boolean acknowledgesFirst() {
            return true;
        }
    },
    /** Identities are forgotten with the process. */
    FORGETS_IDENTITIES("M13", 2) {
        @Override
        Entry.@Nullable IntentRow earlier(Entry.@Nullable IntentRow row) {
            return null;
        }

        @Override
        Snapshot restored(Snapshot all) {
            return new Snapshot(List.of(), all.orders(), all.positions(), all.guards());
        }
    },
    /** An order that expired is taken for one that never filled. */
    EXPIRED_IS_REJECTED("M14", 38) {
        @Override
        String answer(Http http, String body) {
            return Told.asksForOrder(http) || http.path().endsWith("/order") ? Told.emptied(body) : body;
        }

        @Override
        String frame(String text) {
            return Told.emptied(text);
        }
    },
    /** Orders without a known end are forgotten with the process. */
    FORGETS_ORDERS("M15", 2) {
        @Override
        Snapshot restored(Snapshot all) {
            return new Snapshot(all.intents(), List.of(), all.positions(), all.guards());
        }
    },
    /** What was told is told again, as something new. */
    TELLS_AGAIN("M16", 1) {
        @Override
        List<Notice> told(Notice notice) {
            return notice instanceof Notice.Reported(Report report, String id)
                    ? List.of(notice, new Notice.Reported(report, id + " again"))
                    : List.of(notice);
        }
    },
    /** Placing a stop is answered as done, and is not done. */
    STOPS_ARE_NOT_PLACED("M17", 3) {
        @Override
        @Nullable
        BinanceInput instead(Http http) {
            boolean rests = http.method() == Method.POST && http.path().equals("/fapi/v1/algoOrder");
            return rests ? new BinanceInput.Replied(http.id(), 200, Told.placed(http.query())) : null;
        }
    },
    /** "Not found" is told of orders that exist. */
    FOUND_IS_NOT_FOUND("M18", 28) {
        @Override
        void hears(Wire wire, Http http, BinanceInput input) {
            wire.tell(
                    Told.asksForOrder(http)
                            ? new BinanceInput.Replied(
                                    http.id(), 400, "{\"code\":-2013,\"msg\":\"Order does not exist.\"}")
                            : input);
        }
    },
    /** "Not found" is taken for an end without an execution. */
    NOT_FOUND_IS_CANCELLED("M18", 3) {
        @Override
        void hears(Wire wire, Http http, BinanceInput input) {
            boolean isTaken = Told.asksForOrder(http)
                    && Told.isNotFound(input)
                    && http.query().contains("origClientOrderId");
            wire.tell(isTaken ? new BinanceInput.Replied(http.id(), 200, Told.cancelled(http.query())) : input);
        }
    },
    /** Quantities have more decimals than the exchange takes, as a binary fraction printed has. */
    LONG_DECIMALS("M19", 3) {
        @Override
        String answer(Http http, String body) {
            return http.path().endsWith("/exchangeInfo")
                    ? body.replaceAll("\"stepSize\":\"[0-9.]+\"", "\"stepSize\":\"0.0000000001\"")
                    : body;
        }
    },
    /** Cooldowns, safe mode and the operator's pause end with the process. */
    FORGETS_GUARDS("M20", 12) {
        @Override
        Snapshot restored(Snapshot all) {
            return new Snapshot(all.intents(), all.orders(), all.positions(), null);
        }
    },
    /** An entry without fields ends the reader. */
    FAILS_ON_TRIMMED("M21", 66) {
        @Override
        Map<String, String> read(Map<String, String> fields) {
            if (fields.isEmpty()) {
                throw new IllegalStateException("no field payload");
            }
            return fields;
        }
    },
    /** A question that failed is asked again at once, for ever. */
    ASKS_WITHOUT_PAUSE("M22", 2) {
        @Override
        void hears(Wire wire, Http http, BinanceInput input) {
            boolean refused = input instanceof BinanceInput.Replied replied && replied.status() >= 400;
            if (refused && Told.asksForOrder(http)) {
                for (int i = 0; i < 1_000; i++) {
                    wire.arrive(http);
                }
            }
            wire.tell(input);
        }
    },
    /** A request whose answer is lost is sent again. */
    SENDS_AGAIN("P23", 56) {
        @Override
        void hears(Wire wire, Http http, BinanceInput input) {
            if (Told.isLost(input) && http.hot() && http.method() == Method.POST) {
                wire.arrive(http);
            } else {
                wire.tell(input);
            }
        }
    },
    /** A lost answer is taken for a proof that nothing was sent. */
    LOST_IS_NOT_SENT("P7", 6) {
        @Override
        void hears(Wire wire, Http http, BinanceInput input) {
            wire.tell(Told.isLost(input) ? new BinanceInput.Failed(http.id(), true, "taken for unsent") : input);
        }
    },
    /** A restart knows no positions of its own. */
    FORGETS_POSITIONS("INC-I01", 8) {
        @Override
        Snapshot restored(Snapshot all) {
            return new Snapshot(all.intents(), all.orders(), List.of(), all.guards());
        }
    },
    NO_SYMBOL_RATE("C9", 12) {
        @Override
        Rules rules(Rules rules) {
            return Told.rates(rules, r -> new Limits.Rates(Duration.ZERO, r.opensPerMinute(), r.globalCooldown()));
        }
    },
    NO_OVERALL_RATE("C9", 12) {
        @Override
        Rules rules(Rules rules) {
            return Told.rates(rules, r -> new Limits.Rates(r.symbolInterval(), 1_000, r.globalCooldown()));
        }
    },
    NO_COOLDOWN("C28", 19) {
        @Override
        Rules rules(Rules rules) {
            return Told.margin(
                    rules,
                    m -> new Limits.MarginLimits(
                            m.bufferFactor(), Duration.ZERO, m.failuresForSafeMode(), m.failureWindow(), m.safeMode()));
        }
    },
    NO_SAFE_MODE("C28", 19) {
        @Override
        Rules rules(Rules rules) {
            return Told.margin(
                    rules,
                    m -> new Limits.MarginLimits(
                            m.bufferFactor(), m.cooldown(), 1_000, m.failureWindow(), m.safeMode()));
        }
    },
    NO_POSITION_LIMIT("C5", 16) {
        @Override
        Rules rules(Rules rules) {
            return Told.exposure(
                    rules,
                    e -> new Limits.Exposure(1_000, e.defaultLeverage(), e.maxLeverage(), e.liquidationSharePct()));
        }
    },
    NO_LEVERAGE_LIMIT("C6", 2) {
        @Override
        Rules rules(Rules rules) {
            return Told.exposure(
                    rules,
                    e -> new Limits.Exposure(e.maxPositions(), e.defaultLeverage(), 20, e.liquidationSharePct()));
        }
    },
    NO_DISTANCE_TO_LIQUIDATION("C12", 5) {
        @Override
        Rules rules(Rules rules) {
            return Told.exposure(
                    rules,
                    e -> new Limits.Exposure(
                            e.maxPositions(), e.defaultLeverage(), e.maxLeverage(), new BigDecimal("1000")));
        }
    },
    NO_AGE_LIMIT("C13", 2) {
        @Override
        Rules rules(Rules rules) {
            return Told.ages(rules, Duration.ofDays(1), rules.limits().priceMaxAge());
        }
    },
    NO_PRICE_AGE("C13", 24) {
        @Override
        Rules rules(Rules rules) {
            return Told.ages(rules, rules.limits().openMaxAge(), Duration.ofDays(1));
        }
    },
    /** Results are net of fees alone: small wins were losses after funding. */
    FORGETS_FUNDING("INC-I45", 2) {
        @Override
        List<Notice> told(Notice notice) {
            return List.of(Told.withoutFunding(notice));
        }
    },
    /** What the exchange took when it liquidated is in no result. */
    FORGETS_CLEARANCE("INC-I59", 2) {
        @Override
        String answer(Http http, String body) {
            return http.query().contains("INSURANCE_CLEAR") ? "[]" : body;
        }
    },
    /** What a busy exchange answers to a bridge is taken for a word about the stop that rests. */
    LETS_GO_WHEN_BUSY("X-F0", 49) {
        @Override
        void hears(Wire wire, Http http, BinanceInput input) {
            boolean busy = input instanceof BinanceInput.Replied replied
                    && (replied.status() >= 500 || replied.status() == 429);
            wire.tell(
                    busy && Told.laysBridge(http)
                            ? new BinanceInput.Replied(http.id(), 400, "{\"code\":-4130,\"msg\":\"\"}")
                            : input);
        }
    },
    /** A second reading counts however soon it comes: two questions at once are one look. */
    ONE_LOOK_ENDS("X-F6", 105) {
        @Override
        Rules rules(Rules rules) {
            return Told.absence(rules, Duration.ZERO);
        }
    },
    /** Where another hand's stop closes the position, ours does not rest at all. */
    YIELDS_TO_ANOTHER_STOP("X-F5", 39) {
        @Override
        @Nullable
        BinanceInput instead(Http http) {
            return Told.laysByQuantity(http)
                    ? new BinanceInput.Replied(http.id(), 400, "{\"code\":-4130,\"msg\":\"\"}")
                    : null;
        }
    },
    /** What is held in a symbol that was not listed at the start is not seen. */
    UNLISTED_IS_UNSEEN("X-F4", 9) {
        @Override
        String answer(Http http, String body) {
            return Told.without(body, OtherOrders.LISTED);
        }

        @Override
        String frame(String text) {
            String left = Told.without(text, OtherOrders.LISTED);
            return left.contains(OtherOrders.LISTED) ? "{\"e\":\"unseen\"}" : left;
        }
    },
    /** The user stream is asked for without the events that it is to tell, and in no other form. */
    NAMES_NO_EVENTS("S19", 27) {
        @Override
        String leaves(String text) {
            return text.replaceAll("&events=[^&]*", "").replace("SUBSCRIBE", "LIST_SUBSCRIPTIONS");
        }
    },
    /** What a symbol is set up as is not believed from what is read of it. */
    READS_NO_SET_UP("X-F12", 1) {
        @Override
        String answer(Http http, String body) {
            return Told.readsSetUp(http) ? body.replace("ISOLATED", "CROSSED") : body;
        }
    },
    IGNORES_FLATTEN("C15", 1) {
        @Override
        Event.@Nullable Command commanded(Event.Command command) {
            return command instanceof Event.Command.Flatten ? null : command;
        }
    },
    IGNORES_PAUSE("C15", 1) {
        @Override
        Event.@Nullable Command commanded(Event.Command command) {
            return null;
        }
    };

    private final String bug;
    private final long seed;

    Mutant(String bug, long seed) {
        this.bug = bug;
        this.seed = seed;
    }

    /** Where the bug is told of: of the reliability notes, a control or an incident. */
    String bug() {
        return bug;
    }

    /** A seed that is known to catch it. */
    long seed() {
        return seed;
    }

    /** What lies between the session and the exchange. */
    interface Wire {
        void tell(BinanceInput input);

        void arrive(Http http);
    }

    Rules rules(Rules rules) {
        return rules;
    }

    Snapshot restored(Snapshot all) {
        return all;
    }

    Entry.@Nullable IntentRow earlier(Entry.@Nullable IntentRow row) {
        return row;
    }

    Map<String, String> read(Map<String, String> fields) {
        return fields;
    }

    boolean handsOut(boolean first) {
        return true;
    }

    boolean swallows(long message) {
        return false;
    }

    boolean acknowledges() {
        return true;
    }

    boolean acknowledgesFirst() {
        return false;
    }

    boolean recordsLater() {
        return false;
    }

    boolean onPaper() {
        return false;
    }

    List<Notice> told(Notice notice) {
        return List.of(notice);
    }

    Event.@Nullable Command commanded(Event.Command command) {
        return command;
    }

    void hears(Wire wire, Http http, BinanceInput input) {
        wire.tell(input);
    }

    /** The answer of somebody else to a request that then does not leave. */
    @Nullable
    BinanceInput instead(Http http) {
        return null;
    }

    String answer(Http http, String body) {
        return body;
    }

    String frame(String text) {
        return text;
    }

    /** An address that is opened, or a frame that is sent. */
    String leaves(String text) {
        return text;
    }
}
