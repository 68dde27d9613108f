package quantum.trader.doctor;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import quantum.binance.BinanceLookup;
import quantum.binance.BinanceLookup.Unanswered;
import quantum.binance.BinanceSettings;
import quantum.market.Balance;
import quantum.market.Instrument;
import quantum.market.Instrument.Sizing;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.venue.ConditionalUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.SelfTest;

/** The exchange as the service itself would meet it, and the account as it is. */
public final class ExchangeChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long UNSTEADY_MILLIS = 500;
    private static final Symbol TESTED = new Symbol("BTCUSDT");
    private static final int SHOWN = 5;

    private final BinanceSettings settings;
    private final List<Finding> findings = new ArrayList<>();

    private ExchangeChecks(BinanceSettings settings) {
        this.settings = settings;
    }

    /** All findings; the exchange's last one is FAILED if the service could not start on it. */
    public static List<Finding> run(BinanceSettings settings) throws InterruptedException {
        ExchangeChecks checks = new ExchangeChecks(settings);
        checks.meet();
        return checks.findings;
    }

    private void meet() throws InterruptedException {
        List<VenueEvent> events = SessionProbe.of(settings, PATIENCE);
        Optional<VenueEvent.Unusable> unusable = last(events, VenueEvent.Unusable.class);
        Optional<VenueEvent.Ready> ready = last(events, VenueEvent.Ready.class);
        if (unusable.isPresent()) {
            findings.add(Finding.failed(
                    "exchange", unusable.get().cause(), unusable.get().nextStep()));
        } else if (ready.isEmpty()) {
            findings.add(Finding.failed(
                    "exchange",
                    "not ready within " + PATIENCE.toSeconds() + " s",
                    "check the connection to " + settings.endpoints().rest() + " and to its streams"));
        } else {
            report(ready.get().selfTest());
            account(events);
            orderEntry(events);
        }
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
        findings.add(Finding.fine(
                "modes",
                "position mode " + settings.positions().name().toLowerCase(Locale.ROOT)
                        + ", single-asset margin, the key may trade"));
    }

    private void account(List<VenueEvent> events) throws InterruptedException {
        List<Held> held = last(events, VenueEvent.PositionsRead.class)
                .map(VenueEvent.PositionsRead::positions)
                .orElse(List.of());
        List<ConditionalUpdate> rests = last(events, VenueEvent.ConditionalsRead.class)
                .map(VenueEvent.ConditionalsRead::rests)
                .orElse(List.of());
        List<String> naked = held.stream()
                .filter(position -> rests.stream().noneMatch(rest -> stops(rest, position)))
                .map(position -> position.symbol() + " " + position.direction())
                .toList();
        findings.add(
                naked.isEmpty()
                        ? Finding.fine("positions", held.size() + " held, each with a stop on the exchange")
                        : Finding.warning(
                                "positions",
                                naked.size() + " of " + held.size() + " without a stop: " + some(naked),
                                "the service protects what it finds at its start"));
        foreign(rests);
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
        try (BinanceLookup lookup = new BinanceLookup(settings)) {
            lookup.openOrders().forEach(order -> others.add(order.symbol() + " order " + order.clientId()));
        } catch (Unanswered e) {
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

    /** An order of the smallest size is validated by the exchange and not placed. */
    private void orderEntry(List<VenueEvent> events) throws InterruptedException {
        Map<Symbol, Instrument> instruments = last(events, VenueEvent.InstrumentsRead.class)
                .map(read ->
                        read.instruments().stream().collect(Collectors.toMap(Instrument::symbol, Function.identity())))
                .orElse(Map.of());
        Instrument instrument = instruments.get(TESTED);
        Price mark = last(events, VenueEvent.Marked.class)
                .map(marked -> marked.marks().get(TESTED))
                .orElse(null);
        if (instrument == null || mark == null) {
            findings.add(Finding.warning(
                    "order entry", TESTED + " has no rules or no price here", "nothing; another symbol may trade"));
            return;
        }
        // Twice the smallest worth, so that a price that moves meanwhile does not make it too small.
        if (instrument.sizeFor(instrument.minNotional().multiply(BigDecimal.TWO), mark)
                instanceof Sizing.Fits(var quantity)) {
            try (BinanceLookup lookup = new BinanceLookup(settings)) {
                Optional<String> refusal = lookup.testOrder(TESTED, quantity);
                findings.add(refusal.map(words -> Finding.failed(
                                "order entry",
                                "a test order for " + quantity + " " + TESTED + " was refused: " + words,
                                "see the meaning of the code in docs/venues/binance-usdm.md"))
                        .orElse(Finding.fine(
                                "order entry", "a test order for " + quantity + " " + TESTED + " was accepted")));
            } catch (Unanswered e) {
                findings.add(Finding.failed("order entry", String.valueOf(e.getMessage()), "try again in a minute"));
            }
        }
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }

    private static <E extends VenueEvent> Optional<E> last(List<VenueEvent> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).reduce((first, second) -> second);
    }
}
