package quantum.trader.doctor;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quantum.market.Balance;
import quantum.market.Instrument;
import quantum.market.Instrument.Sizing;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.record.Entry;
import quantum.trader.venue.Access;
import quantum.venue.ConditionalUpdate;
import quantum.venue.Lookup;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.HoldingsRead;
import quantum.venue.VenueEvent.SelfTest;

/** The exchange as the service itself would meet it, and the account as it is. */
public final class ExchangeChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long UNSTEADY_MILLIS = 500;
    private static final int SHOWN = 5;

    private final Access access;
    private final Symbol tested;
    private final Known known;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * What is known beside the exchange: the positions that a ledger remembers, and the symbols that the settings name.
     */
    public record Known(List<Entry.PositionRow> positions, Set<String> symbols) {
        public static final Known NOTHING = new Known(List.of(), Set.of());
    }

    private ExchangeChecks(Access access, Symbol tested, Known known) {
        this.access = access;
        this.tested = tested;
        this.known = known;
    }

    /**
     * All findings; the exchange's last one is FAILED if the service could not start on it.
     *
     * @param tested a symbol that every account may trade
     */
    public static List<Finding> run(Access access, Symbol tested, Known known) throws InterruptedException {
        ExchangeChecks checks = new ExchangeChecks(access, tested, known);
        checks.meet();
        return checks.findings;
    }

    private void meet() throws InterruptedException {
        List<VenueEvent> events = SessionProbe.of(access.probing().exchange(), PATIENCE);
        Optional<VenueEvent.Unusable> unusable = last(events, VenueEvent.Unusable.class);
        Optional<VenueEvent.Ready> ready = last(events, VenueEvent.Ready.class);
        last(events, VenueEvent.InstrumentsRead.class).ifPresent(read -> listed(read.instruments()));
        if (unusable.isPresent()) {
            findings.add(Finding.failed("exchange", unusable.get().cause(), access.nextStep(unusable.get())));
        } else if (ready.isEmpty()) {
            findings.add(Finding.failed(
                    "exchange",
                    "not ready within " + PATIENCE.toSeconds() + " s",
                    "check the connection to " + access.rest() + " and to its streams"));
        } else {
            report(ready.get().selfTest());
            account(events);
            orderEntry(events);
        }
    }

    /** Everybody may read the rules: that they came proves the way there before a key is looked at. */
    private void listed(List<Instrument> instruments) {
        Set<String> trading = instruments.stream()
                .filter(Instrument::trading)
                .map(instrument -> instrument.symbol().name())
                .collect(Collectors.toSet());
        List<String> missing = Stream.concat(
                        known.symbols().stream(), known.positions().stream().map(Entry.PositionRow::symbol))
                .filter(symbol -> !trading.contains(symbol))
                .distinct()
                .sorted()
                .toList();
        String words = trading.size() + " symbols trade, by the public rules of " + access.rest();
        findings.add(
                missing.isEmpty()
                        ? Finding.fine("instruments", words)
                        : Finding.warning(
                                "instruments",
                                some(missing) + " of the settings or the ledger do not trade here",
                                "a name here looks like " + tested
                                        + "; remove what is not listed, or look at what the exchange says of it"));
    }

    private static String wallet(List<Balance> balances) {
        return balances.stream()
                .filter(Balance::isHeld)
                .map(balance -> balance.wallet().toPlainString() + " " + balance.asset())
                .reduce((first, second) -> first + ", " + second)
                .orElse("empty");
    }

    private void report(SelfTest test) {
        findings.add(Finding.fine(
                "exchange",
                test.endpoint() + " answers, " + test.symbols() + " symbols trade, streams and key work, wallet "
                        + wallet(test.balances())));
        long offset = Math.abs(test.clockOffsetMillis());
        String words = "the host's clock is " + offset + " ms from the exchange's";
        findings.add(
                offset > UNSTEADY_MILLIS
                        ? Finding.warning("clock", words, "let NTP set the clock; orders are dated by the exchange's")
                        : Finding.fine("clock", words));
        findings.add(Finding.fine("modes", access.modes()));
    }

    private void account(List<VenueEvent> events) throws InterruptedException {
        List<ConditionalUpdate> rests = last(events, VenueEvent.ConditionalsRead.class)
                .map(VenueEvent.ConditionalsRead::rests)
                .orElse(List.of());
        Optional<HoldingsRead> coins = last(events, HoldingsRead.class);
        if (coins.isPresent()) {
            coins(coins.get().coins(), rests);
        } else {
            positions(
                    last(events, VenueEvent.PositionsRead.class)
                            .map(VenueEvent.PositionsRead::positions)
                            .orElse(List.of()),
                    rests);
        }
        foreign(rests);
    }

    private void positions(List<Held> held, List<ConditionalUpdate> rests) {
        protection(
                held.size(),
                held.stream()
                        .filter(position -> rests.stream().noneMatch(rest -> stops(rest, position)))
                        .map(position -> position.symbol() + " " + position.direction())
                        .toList());
    }

    /** Whose coins they are the ledger knows: those that it remembers are there, and have a stop. */
    private void coins(List<Balance> coins, List<ConditionalUpdate> rests) {
        protection(
                known.positions().size(),
                known.positions().stream()
                        .filter(row -> rests.stream().noneMatch(rest -> isStopOf(rest, row)))
                        .map(Entry.PositionRow::symbol)
                        .toList());
        List<String> gone = known.positions().stream()
                .filter(row -> coins.stream().noneMatch(coin -> holds(coin, row)))
                .map(row -> row.quantity().toPlainString() + " of " + row.symbol())
                .toList();
        if (!gone.isEmpty()) {
            findings.add(Finding.warning(
                    "coins",
                    "the ledger remembers " + some(gone) + ", and the account does not hold so much",
                    "the service finds out at its start what was sold; coins that were moved away it cannot sell"));
        }
    }

    /** By the name of a pair, which begins with its coin. */
    private static boolean holds(Balance coin, Entry.PositionRow row) {
        return row.symbol().startsWith(coin.asset() + "_") && coin.wallet().compareTo(row.quantity()) >= 0;
    }

    private static boolean isStopOf(ConditionalUpdate rest, Entry.PositionRow row) {
        return rest.status() == ConditionalUpdate.Status.NEW
                && rest.clientId().value().startsWith(ClientOrderId.stopPrefix(row.epoch()));
    }

    private void protection(int held, List<String> naked) {
        findings.add(
                naked.isEmpty()
                        ? Finding.fine("positions", held + " held, each with a stop on the exchange")
                        : Finding.warning(
                                "positions",
                                naked.size() + " of " + held + " without a stop: " + some(naked),
                                "the service protects what it finds at its start"));
    }

    /** True for a resting order on the losing side of the mark of a position. */
    private static boolean stops(ConditionalUpdate rest, Held position) {
        return rest.symbol().equals(position.symbol())
                && rest.status() == ConditionalUpdate.Status.NEW
                && position.direction().gains(rest.trigger(), position.mark());
    }

    private void foreign(List<ConditionalUpdate> rests) throws InterruptedException {
        List<String> others = new ArrayList<>(rests.stream()
                .filter(rest -> !rest.clientId().isOurs())
                .map(rest -> rest.symbol() + " conditional " + rest.clientId())
                .toList());
        try (Lookup lookup = access.lookup()) {
            lookup.openOrders().stream()
                    .filter(order -> rests.stream().noneMatch(rest -> isSame(rest, order)))
                    .forEach(order -> others.add(order.symbol() + " order " + order.clientId()));
        } catch (Lookup.Unanswered e) {
            findings.add(Finding.warning("orders", String.valueOf(e.getMessage()), "try again in a minute"));
            return;
        }
        findings.add(
                others.isEmpty()
                        ? Finding.fine("orders", "no order of anybody else is open")
                        : Finding.warning(
                                "orders",
                                others.size() + " open orders are not ours: " + some(others),
                                "they are never touched; give the service an account of its own"));
    }

    /** One that waits for a price may rest on the book as well. */
    private static boolean isSame(ConditionalUpdate rest, Lookup.OpenOrder order) {
        return rest.clientId().value().equals(order.clientId());
    }

    /** An order of the smallest size is validated by the exchange and not placed. */
    private void orderEntry(List<VenueEvent> events) throws InterruptedException {
        try (Lookup lookup = access.lookup()) {
            findings.add(
                    lookup instanceof Lookup.Trying trying
                            ? tried(trying, events)
                            : Finding.fine(
                                    "order entry",
                                    "this exchange validates no order that it does not place: what the key may do shows"
                                            + " at the first one"));
        } catch (Lookup.Unanswered e) {
            findings.add(Finding.failed("order entry", String.valueOf(e.getMessage()), "try again in a minute"));
        }
    }

    private Finding tried(Lookup.Trying lookup, List<VenueEvent> events) throws InterruptedException {
        Map<Symbol, Instrument> instruments = last(events, VenueEvent.InstrumentsRead.class)
                .map(read ->
                        read.instruments().stream().collect(Collectors.toMap(Instrument::symbol, Function.identity())))
                .orElse(Map.of());
        Instrument instrument = instruments.get(tested);
        Price mark = last(events, VenueEvent.Marked.class)
                .map(marked -> marked.marks().get(tested))
                .orElse(null);
        // Twice the smallest worth, so that a price that moves meanwhile does not make it too small.
        if (instrument == null
                || mark == null
                || !(instrument.sizeFor(instrument.minNotional().multiply(BigDecimal.TWO), mark)
                        instanceof Sizing.Fits(var quantity))) {
            return Finding.warning(
                    "order entry", tested + " has no rules or no price here", "nothing; another symbol may trade");
        }
        String what = "a test order for " + quantity + " " + tested + " was ";
        return lookup.tryOrder(tested, quantity)
                .map(words -> Finding.failed(
                        "order entry",
                        what + "refused: " + words,
                        "see the meaning of the code in docs/venues/binance-usdm.md"))
                .orElse(Finding.fine("order entry", what + "accepted"));
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }

    private static <E extends VenueEvent> Optional<E> last(List<VenueEvent> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).reduce((first, second) -> second);
    }
}
