package quantum.cryptocom;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.json.Malformed;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.venue.VenueEvent;

/**
 * Mark prices, because that is the price by which stops fire (crypto-com 4): the mark channel of each symbol of
 * interest, its ticker where the exchange refuses the former, and by request where neither speaks. A price far from the
 * last one moves nothing until the one after it agrees.
 */
final class MarketStream {

    /** The exchange serves no more channels on one connection. */
    private static final int MOST_CHANNELS = 400;

    private static final int CHANNELS_AT_ONCE = 50;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(3);
    /** A price stands still for so long at most, though nobody trades: an older one is of a feed that stands. */
    private static final Duration STANDING = Duration.ofMinutes(1);

    private static final int ASKED_AT_ONCE = 10;
    private static final BigDecimal FARTHEST = new BigDecimal("0.5");
    private static final String MARK = "mark.";
    private static final String TICKER = "ticker.";

    private final Conversation talk;
    private final Instruments instruments;
    private final StreamLink link;
    private final Runnable subscribed;
    private final Set<Symbol> interest = new LinkedHashSet<>();
    private final Map<Long, List<String>> asked = new HashMap<>();
    private final Map<Symbol, Price> believed = new HashMap<>();
    private final Map<Symbol, Price> doubted = new HashMap<>();
    private final Map<Symbol, Long> heardNanos = new HashMap<>();
    private final Map<Symbol, Long> askedNanos = new HashMap<>();
    private final Set<Symbol> onTheirWay = new HashSet<>();

    MarketStream(Conversation talk, Instruments instruments, Runnable subscribed, Consumer<String> lost) {
        this.talk = talk;
        this.instruments = instruments;
        this.subscribed = subscribed;
        link = new StreamLink(StreamName.MARKET, talk.settings().endpoints().market(), talk, this::subscribeAll, lost);
    }

    StreamLink link() {
        return link;
    }

    /** Those that are wanted, or all that trade; what the exchange cannot serve is named once. */
    void choose() {
        Set<Symbol> wanted = talk.settings().symbols();
        List<Symbol> chosen = instruments.all().stream()
                .filter(Instrument::trading)
                .map(Instrument::symbol)
                .filter(symbol -> wanted.isEmpty() || wanted.contains(symbol))
                .sorted()
                .toList();
        chosen.stream().limit(MOST_CHANNELS).forEach(interest::add);
        if (chosen.size() > MOST_CHANNELS) {
            talk.odd(
                    "prices of " + (chosen.size() - MOST_CHANNELS) + " symbols",
                    "more are listed than one connection serves; a symbol that is traded has its place");
        }
    }

    /** A symbol that something is asked of has prices from then on. */
    void want(Symbol symbol) {
        if (instruments.of(symbol) != null && interest.add(symbol) && link.serves()) {
            subscribe(List.of(MARK + symbol));
        }
    }

    private void subscribeAll() {
        asked.clear();
        List<String> channels = interest.stream().map(symbol -> MARK + symbol).toList();
        for (int from = 0; from < channels.size(); from += CHANNELS_AT_ONCE) {
            subscribe(channels.subList(from, Math.min(from + CHANNELS_AT_ONCE, channels.size())));
        }
        if (channels.isEmpty()) {
            serve();
        }
    }

    private void subscribe(List<String> channels) {
        long id = talk.nextNumber();
        asked.put(id, List.copyOf(channels));
        link.send(Params.of("id", id)
                .with("method", "subscribe")
                .with("params", Params.of("channels", List.copyOf(channels)))
                .with("nonce", talk.nonce())
                .json());
    }

    private void serve() {
        if (!link.serves()) {
            link.serve();
            subscribed.run();
        }
    }

    void frame(Json frame) {
        String method = frame.optionalText("method");
        switch (method == null ? "no method" : method) {
            case "public/heartbeat" -> UserStream.answerHeartbeat(link, talk, frame);
            case "subscribe" -> ofSubscription(frame);
            default -> talk.odd("frame " + method, Reply.words(frame));
        }
    }

    private void ofSubscription(Json frame) {
        Long id = frame.optionalInteger("id");
        List<String> channels = id == null ? null : asked.remove(id);
        Long code = frame.optionalInteger("code");
        if (code != null && code != 0) {
            String words = code + " " + Reply.words(frame);
            if (channels == null) {
                talk.odd("refused subscription", words);
            } else {
                refused(channels, words);
            }
            return;
        }
        serve();
        Json result = frame.member("result");
        if (result.has("data")) {
            prices(result);
        }
    }

    /** One refused name refuses them all: each is asked for by itself, and then by its ticker. */
    private void refused(List<String> channels, String words) {
        if (channels.size() > 1) {
            channels.forEach(each -> subscribe(List.of(each)));
        } else if (channels.getFirst().startsWith(MARK)) {
            subscribe(List.of(TICKER + channels.getFirst().substring(MARK.length())));
        } else {
            talk.odd("channel " + channels.getFirst(), "refused: " + words);
            serve();
        }
    }

    private void prices(Json result) {
        String channel = String.valueOf(result.optionalText("channel"));
        boolean isMark = channel.equals("mark") || channel.startsWith(MARK);
        if (!isMark && !channel.equals("ticker") && !channel.startsWith(TICKER)) {
            talk.odd("channel " + channel, String.valueOf(result.optionalText("subscription")));
            return;
        }
        Symbol symbol = result.symbol("instrument_name");
        for (Json row : result.list("data")) {
            price(symbol, row, isMark ? "v" : "a", null);
        }
    }

    /** Of the exchange's own time; what was asked for a moment ago is as of then, if it is not much older. */
    private void price(Symbol symbol, Json row, String field, @Nullable Instant asked) {
        Price price = row.optionalPrice(field);
        if (price == null) {
            talk.odd("price of " + symbol, "no " + field + " that can be read");
            return;
        }
        Instant told = row.optionalTime("t");
        Instant time = told == null ? talk.exchangeNow() : told;
        Instant latest =
                asked != null && time.isBefore(asked) && time.plus(STANDING).isAfter(asked) ? asked : time;
        // One that is old when it comes is asked for, as if nothing had come.
        if (asked != null || latest.plus(STALE).isAfter(talk.exchangeNow())) {
            heardNanos.put(symbol, talk.now().nanos());
        }
        if (believes(symbol, price)) {
            talk.publish(new VenueEvent.Marked(Map.of(symbol, price), latest));
        }
    }

    private boolean believes(Symbol symbol, Price price) {
        if (isNear(price, believed.get(symbol))
                || (doubted.containsKey(symbol) && isNear(price, doubted.get(symbol)))) {
            believed.put(symbol, price);
            doubted.remove(symbol);
            return true;
        }
        doubted.put(symbol, price);
        return false;
    }

    private static boolean isNear(Price price, @Nullable Price last) {
        if (last == null) {
            return true;
        }
        BigDecimal away = price.value().subtract(last.value()).abs();
        return away.compareTo(last.value().multiply(FARTHEST)) <= 0;
    }

    /** From now on the oldest prices are asked for where the stream is silent; for ever. */
    void watch() {
        talk.wakeIn(LOOK, () -> {
            askForStale();
            watch();
        });
    }

    private void askForStale() {
        List<Symbol> stale = new ArrayList<>();
        for (Symbol symbol : interest) {
            Long heard = heardNanos.get(symbol);
            if (!onTheirWay.contains(symbol) && (heard == null || isStale(heard))) {
                stale.add(symbol);
            }
        }
        // Whose turn was longest ago: one that the exchange never answers keeps nobody waiting.
        stale.sort(Comparator.comparing(symbol -> askedNanos.getOrDefault(symbol, Long.MIN_VALUE)));
        stale.stream().limit(ASKED_AT_ONCE).forEach(this::ask);
    }

    private boolean isStale(long heard) {
        return talk.now().since(heard).compareTo(STALE) >= 0;
    }

    /** For a spot pair both parameters are needed, and only mark_price works (crypto-com 2). */
    private void ask(Symbol symbol) {
        onTheirWay.add(symbol);
        askedNanos.put(symbol, talk.now().nanos());
        Instant asked = talk.exchangeNow();
        Params params = Params.of("instrument_name", symbol.name()).with("valuation_type", "mark_price");
        RequestGate.Waiting _ = talk.ask(Question.market("get-valuations", params), MarketStream::last, reply -> {
            onTheirWay.remove(symbol);
            if (reply instanceof Reply.Given<Json>(Json row, var _)) {
                price(symbol, row, "v", asked);
            }
        });
    }

    private static Json last(Json result) {
        List<Json> rows = result.list("data");
        if (rows.isEmpty()) {
            throw new Malformed("no price");
        }
        return rows.getFirst();
    }
}
