package quantum.cryptocom;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quantum.cryptocom.Question.Rank;
import quantum.cryptocom.Reply.Given;
import quantum.json.Malformed;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/**
 * Our trades in a symbol. The exchange gives the newest first, a hundred at once, of at most a day, and answers once a
 * second: so they are read backwards, window by window, until the time that was asked for (crypto-com 3).
 */
final class TradeReads {

    /** A number in JSON, because as text it is refused. */
    private static final long PAGE = 100;
    /** Longer windows of the history came back empty. */
    private static final Duration WINDOW = Duration.ofHours(24);
    /** So many pages take as many seconds. */
    private static final int MOST_PAGES = 400;
    /** What was traded in the last moment is booked by then, and the end of a window is left out of it. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private final Conversation talk;
    private final Instruments instruments;

    TradeReads(Conversation talk, Instruments instruments) {
        this.talk = talk;
        this.instruments = instruments;
    }

    /** One reading and what it has found so far, by trade id: windows may overlap. */
    private final class Reading {
        private final Call.ReadTrades call;
        private final long askedNanos = talk.now().nanos();
        private final Map<Long, Call.Trade> found = new LinkedHashMap<>();
        private Instant end = talk.exchangeNow().plus(AHEAD);
        private int pages;

        private Reading(Call.ReadTrades call) {
            this.call = call;
        }

        private void next() {
            Instant start = end.minus(WINDOW).isAfter(call.since()) ? end.minus(WINDOW) : call.since();
            if (!start.isBefore(end)) {
                done();
                return;
            }
            if (++pages > MOST_PAGES) {
                talk.publish(new VenueEvent.ReadFailed(call, "more than " + MOST_PAGES + " pages of trades"));
                return;
            }
            Params params = Params.of("instrument_name", call.symbol().name())
                    .with("start_time", nanos(start))
                    .with("end_time", nanos(end))
                    .with("limit", PAGE);
            RequestGate.Waiting _ = talk.ask(
                    Question.read("get-trades", params, Rank.QUESTION), json -> trades(json, call.symbol()), reply -> {
                        if (reply instanceof Given<List<Call.Trade>>(List<Call.Trade> trades, var _)) {
                            page(trades, start);
                        } else {
                            talk.publish(new VenueEvent.ReadFailed(call, reply.failure(), reply.isFinal()));
                        }
                    });
        }

        private void page(List<Call.Trade> trades, Instant start) {
            boolean isNews = false;
            for (Call.Trade trade : trades) {
                isNews |= found.put(trade.tradeId(), trade) == null;
            }
            Instant oldest = trades.stream()
                    .map(Call.Trade::time)
                    .min(Comparator.naturalOrder())
                    .orElse(start);
            if (trades.size() < PAGE) {
                end = start;
            } else {
                // Others may be of the same nanosecond; where a page brought nothing new, there are none.
                end = isNews && oldest.plusNanos(1).isBefore(end) ? oldest.plusNanos(1) : oldest;
            }
            next();
        }

        private void done() {
            talk.publish(
                    new VenueEvent.TradesRead(call.symbol(), oldestFirst(found.values(), call.since()), askedNanos));
        }
    }

    void read(Call.ReadTrades call) {
        new Reading(call).next();
    }

    private static List<Call.Trade> oldestFirst(Collection<Call.Trade> trades, Instant since) {
        return trades.stream()
                .filter(trade -> !trade.time().isBefore(since))
                .sorted(Comparator.comparing(Call.Trade::time).thenComparingLong(Call.Trade::tradeId))
                .toList();
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    /** One that cannot be read makes the sum wrong, so that the page counts as a whole or not at all. */
    private List<Call.Trade> trades(Json result, Symbol symbol) {
        List<Call.Trade> trades = new ArrayList<>();
        for (Json row : result.list("data")) {
            if (!row.symbol("instrument_name").equals(symbol)) {
                throw new Malformed("a trade of another symbol");
            }
            trades.add(trade(row));
        }
        return trades;
    }

    /** A fee is negative where it was paid; one in another coin than the quote coin stands beside. */
    Call.Trade trade(Json row) {
        Symbol symbol = row.symbol("instrument_name");
        BigDecimal fee = row.decimal("fees").negate();
        String coin = row.optionalText("fee_instrument_name");
        boolean isInQuote = coin == null ? fee.signum() == 0 : coin.equals(instruments.quoteOf(symbol));
        if (coin == null && !isInQuote) {
            throw new Malformed("a fee in no coin");
        }
        return new Call.Trade(
                row.id("order_id"),
                row.integer("trade_id"),
                row.side("side"),
                null,
                new Price(row.positive("traded_price")),
                new Quantity(row.positive("traded_quantity")),
                isInQuote ? fee : null,
                isInQuote || coin == null ? null : new Call.OtherFee(coin, fee),
                time(row));
    }

    private static Instant time(Json row) {
        for (String name : List.of("transact_time_ns", "create_time_ns", "create_time")) {
            Instant time = row.optionalTime(name);
            if (time != null) {
                return time;
            }
        }
        throw new Malformed("a trade without a time");
    }
}
