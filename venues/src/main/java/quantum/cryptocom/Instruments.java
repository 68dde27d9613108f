package quantum.cryptocom;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.Reply.Given;
import quantum.json.Malformed;
import quantum.market.Contract;
import quantum.market.Instrument;
import quantum.market.LotRule;
import quantum.market.Symbol;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/**
 * The exchange's list of spot pairs, page by page until no cursor follows (crypto-com 2, correction 6). A symbol is the
 * exchange's own name: BTC_USD and BTC_USDT are different books.
 */
final class Instruments {

    private static final int MOST_PAGES = 50;
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofHours(1);
    /** The exchange names no largest size. */
    private static final BigDecimal NO_LIMIT = new BigDecimal("1000000000000000");
    /** Of spot pairs an order has to be worth one US dollar (HELP 10511090). */
    private static final BigDecimal LEAST_WORTH = BigDecimal.ONE;

    private record Page(
            List<Instrument> instruments, @Nullable String cursor) {}

    private final Conversation talk;
    private final Map<Symbol, Instrument> known = new LinkedHashMap<>();
    private boolean isReading;
    private @Nullable Long readNanos;

    Instruments(Conversation talk) {
        this.talk = talk;
        talk.whenRulesAreWrong(this::readSoon);
    }

    @Nullable
    Instrument of(Symbol symbol) {
        return known.get(symbol);
    }

    List<Instrument> all() {
        return List.copyOf(known.values());
    }

    int trading() {
        return (int) known.values().stream().filter(Instrument::trading).count();
    }

    /** The coin that a pair is paid in; of one that is not listed, what its name says. */
    String quoteOf(Symbol symbol) {
        Instrument instrument = known.get(symbol);
        return instrument == null
                ? symbol.name().substring(symbol.name().lastIndexOf('_') + 1)
                : instrument.contract().quoteAsset();
    }

    /** One quantity step; zero where none is known. */
    BigDecimal stepOf(Symbol symbol) {
        Instrument instrument = known.get(symbol);
        return instrument == null ? BigDecimal.ZERO : instrument.lots().step();
    }

    /** Reads and publishes it; null when done, else why not. */
    void read(Consumer<@Nullable String> then) {
        isReading = true;
        page(null, new ArrayList<>(), 1, talk.now().nanos(), failure -> {
            isReading = false;
            then.accept(failure);
        });
    }

    /** Reads again each hour, for ever. */
    void keep() {
        talk.wakeIn(INTERVAL, () -> {
            read(_ -> {});
            keep();
        });
    }

    void read(Call.ReadRules call) {
        read(failure -> {
            if (failure != null) {
                talk.publish(new VenueEvent.ReadFailed(call, failure));
            }
        });
    }

    /** An order was refused by a rule: our copy may be old. A bad order in a row does not read it each time. */
    private void readSoon() {
        Long last = readNanos;
        boolean isRecent = last != null && talk.now().since(last).compareTo(BETWEEN_READINGS) < 0;
        if (!isReading && !isRecent) {
            read(_ -> {});
        }
    }

    private void page(
            @Nullable String cursor,
            List<Instrument> before,
            int number,
            long askedNanos,
            Consumer<@Nullable String> then) {
        Params params = cursor == null ? Params.NONE : Params.of("cursor", cursor);
        RequestGate.Waiting _ = talk.ask(Question.market("get-instruments", params), this::page, reply -> {
            if (!(reply instanceof Given<Page>(Page page, var _))) {
                then.accept(reply.failure());
                return;
            }
            before.addAll(page.instruments());
            String next = page.cursor();
            if (next != null && !next.equals(cursor) && number < MOST_PAGES) {
                page(next, before, number + 1, askedNanos, then);
            } else {
                done(before, askedNanos, then);
            }
        });
    }

    private void done(List<Instrument> all, long askedNanos, Consumer<@Nullable String> then) {
        if (all.isEmpty()) {
            then.accept("it lists no spot pair");
            return;
        }
        all.forEach(instrument -> known.put(instrument.symbol(), instrument));
        readNanos = talk.now().nanos();
        talk.publish(new VenueEvent.InstrumentsRead(List.copyOf(all), askedNanos));
        then.accept(null);
    }

    private Page page(Json result) {
        List<Instrument> instruments = new ArrayList<>();
        for (Json row : result.list("data")) {
            try {
                if ("CCY_PAIR".equals(row.optionalText("inst_type"))) {
                    instruments.add(instrument(row));
                }
            } catch (Malformed | IllegalArgumentException e) {
                talk.odd("instrument " + row.optionalText("symbol"), String.valueOf(e.getMessage()));
            }
        }
        return new Page(instruments, result.optionalText("next_cursor"));
    }

    /** The step is qty_tick_size: quantity_decimals says something else for every fourth pair. */
    private static Instrument instrument(Json row) {
        BigDecimal step = row.positive("qty_tick_size");
        LotRule lots = new LotRule(step, NO_LIMIT.max(step), step);
        return new Instrument(
                row.symbol("symbol"),
                row.flag("tradable"),
                new Contract.Coin(row.text("base_ccy"), row.text("quote_ccy")),
                new Instrument.PriceRule(row.positive("price_tick_size"), BigDecimal.ZERO, BigDecimal.ZERO),
                lots,
                lots,
                LEAST_WORTH);
    }
}
