package quantum.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed;
import quantum.intent.Closed.Reason;
import quantum.market.Direction;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;
import quantum.simulator.Account;
import quantum.simulator.Fill;
import quantum.simulator.Income;
import quantum.simulator.PositionSide;
import quantum.simulator.Side;
import quantum.simulator.Simulator;

/** Holds every told end of a position against the exchange's own books: trades, fees, funding, and whose order it was. */
final class Ends {

    private static final BigDecimal CENT_OF_A_CENT = new BigDecimal("0.0001");
    private static final BigDecimal HAIR = new BigDecimal("0.000001");

    private final Account account;
    private final MemoryLedger ledger;
    private final Judge judge;
    private final List<Span> spans = new ArrayList<>();

    Ends(Simulator exchange, MemoryLedger ledger, Judge judge) {
        this.ledger = ledger;
        this.account = exchange.accounts().iterator().next();
        this.judge = judge;
    }

    /** From nothing held to nothing held, in the exchange's books. */
    private static final class Span {
        private final String symbol;
        private final PositionSide side;
        private final Direction direction;
        private final long from;
        private final List<Fill> fills = new ArrayList<>();
        private boolean over;

        Span(Fill first) {
            symbol = first.order().terms().symbol();
            side = first.order().terms().positionSide();
            direction = first.order().terms().side() == Side.BUY ? Direction.LONG : Direction.SHORT;
            from = first.at();
        }

        private boolean enters(Fill fill) {
            return (fill.order().terms().side() == Side.BUY) == (direction == Direction.LONG);
        }

        boolean isEnteredByOthers() {
            return fills.stream()
                    .anyMatch(fill -> enters(fill)
                            && OtherOrders.isOther(fill.order().terms().clientId()));
        }

        Fill last() {
            return fills.getLast();
        }

        long until() {
            return over ? last().at() : Long.MAX_VALUE;
        }

        boolean holds(Income income) {
            return income.symbol().equals(symbol)
                    && income.position() == side
                    && income.at() >= from
                    && income.at() <= until();
        }

        boolean touches(Income income) {
            return millis(from) <= millis(income.at()) && millis(until()) >= millis(income.at());
        }

        BigDecimal quantity(boolean entries) {
            return sum(fill -> fill.quantity(), entries);
        }

        BigDecimal mean(boolean entries) {
            BigDecimal worth = sum(fill -> fill.price().multiply(fill.quantity()), entries);
            return worth.divide(quantity(entries), 12, RoundingMode.HALF_EVEN);
        }

        private BigDecimal sum(java.util.function.Function<Fill, BigDecimal> figure, boolean entries) {
            return fills.stream()
                    .filter(fill -> enters(fill) == entries)
                    .map(figure)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    void judge(List<Notice.TradeClosed> told) {
        trace();
        for (Notice.TradeClosed each : told) {
            Span span = spanOf(each.closed());
            judge.check(Law.ENDS_AGREE, span != null, each + " is of no position");
            // No exchange of this world loses its history.
            judge.check(Law.ENDS_AGREE, each.closed().result().pnl() != null, each + " is told without its result");
            if (span != null) {
                funding(each, span);
                reason(each, span);
                if (!each.epoch().startsWith("found-")) {
                    figures(each, span);
                }
            }
        }
        money(told);
    }

    /**
     * In the order of the books. An entry of another hand may turn a position, and one of ours what another hand entered:
     * such a fill ends one span and begins the next.
     */
    private void trace() {
        Map<String, Span> open = new HashMap<>();
        Map<String, BigDecimal> held = new HashMap<>();
        for (Fill fill : account.fills()) {
            String place = fill.order().terms().symbol() + fill.order().terms().positionSide();
            Span before = open.get(place);
            BigDecimal left = before == null
                    ? BigDecimal.ZERO
                    : held.getOrDefault(place, BigDecimal.ZERO).abs();
            if (before != null && !before.enters(fill)) {
                String id = fill.order().terms().clientId();
                judge.check(
                        Law.ENDS_AGREE,
                        !id.startsWith("qo-") || before.isEnteredByOthers(),
                        id + " was to open and reduced what orders of ours alone had entered");
            }
            if (before != null && !before.enters(fill) && fill.quantity().compareTo(left) > 0) {
                add(part(fill, left), place, open, held);
                add(part(fill, fill.quantity().subtract(left)), place, open, held);
            } else {
                add(fill, place, open, held);
            }
        }
    }

    private void add(Fill fill, String place, Map<String, Span> open, Map<String, BigDecimal> held) {
        Span span = open.computeIfAbsent(place, _ -> {
            Span begun = new Span(fill);
            spans.add(begun);
            return begun;
        });
        span.fills.add(fill);
        BigDecimal change =
                span.enters(fill) ? fill.quantity() : fill.quantity().negate();
        if (held.merge(place, change, BigDecimal::add).signum() == 0) {
            span.over = true;
            open.remove(place);
        }
    }

    /** So much of a fill, with its share of the commission to the eighth decimal, as the exchange rounds its own. */
    private static Fill part(Fill fill, BigDecimal quantity) {
        BigDecimal commission = fill.commission().multiply(quantity).divide(fill.quantity(), 8, RoundingMode.HALF_EVEN);
        return new Fill(
                fill.id(),
                fill.order(),
                fill.price(),
                quantity,
                commission,
                fill.commissionAsset(),
                fill.realized(),
                fill.maker(),
                fill.at());
    }

    private @Nullable Span spanOf(Closed closed) {
        return spans.stream()
                .filter(span -> span.over
                        && span.symbol.equals(closed.symbol().name())
                        && span.direction == closed.direction()
                        && millis(span.last().at()) == closed.closedAt().toEpochMilli()
                        && closed.orderIds()
                                .contains(Long.toString(span.last().order().id())))
                .findFirst()
                .orElse(null);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private BigDecimal paid(Income.Kind kind, Predicate<Income> wanted) {
        return account.transfers().stream()
                .filter(income -> income.kind() == kind)
                .filter(wanted)
                .map(Income::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Exact, and absent only where long and short were held when it was paid; of a found position, since it was found. */
    private void funding(Notice.TradeClosed each, Span span) {
        Closed closed = each.closed();
        long since = each.epoch().startsWith("found-") ? closed.openedAt().toEpochMilli() : Long.MIN_VALUE;
        Predicate<Income> own = income -> span.holds(income) && millis(income.at()) >= since;
        BigDecimal real = paid(Income.Kind.FUNDING_FEE, own);
        BigDecimal said = closed.result().funding();
        judge.check(
                Law.PAYMENTS_AGREE,
                said == null ? isShared(span) : said.compareTo(real) == 0,
                each.epoch() + " told " + said + ", was " + real);
    }

    /** Long and short were held when something was paid, as far as times in milliseconds tell. */
    private boolean isShared(Span span) {
        return span.side != PositionSide.BOTH
                && account.transfers().stream()
                        .filter(income -> income.kind() == Income.Kind.FUNDING_FEE
                                && income.symbol().equals(span.symbol)
                                && span.touches(income))
                        .anyMatch(income -> spans.stream()
                                .anyMatch(other -> other != span
                                        && other.symbol.equals(span.symbol)
                                        && other.side != span.side
                                        && other.touches(income)));
    }

    private void figures(Notice.TradeClosed each, Span span) {
        Closed closed = each.closed();
        BigDecimal commission = span.fills.stream().map(Fill::commission).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal fees = commission.subtract(paid(Income.Kind.INSURANCE_CLEAR, span::holds));
        Set<String> orders = new TreeSet<>();
        span.fills.forEach(fill -> orders.add(Long.toString(fill.order().id())));
        BigDecimal said = closed.result().fees();
        boolean agree = new TreeSet<>(closed.orderIds()).equals(orders)
                && closed.quantity().value().compareTo(span.quantity(true)) == 0
                && isNear(closed.entryPrice().value(), span.mean(true))
                && closed.exitPrice() != null
                && isNear(closed.exitPrice().value(), span.mean(false))
                && (said == null ? span.side != PositionSide.BOTH : said.compareTo(fees) == 0);
        judge.check(
                Law.ENDS_AGREE,
                agree,
                each.epoch() + " told " + closed + ", was " + span.quantity(true) + " from " + span.mean(true) + " to "
                        + span.mean(false) + " for " + fees + " by " + orders);
    }

    private static boolean isNear(BigDecimal told, BigDecimal real) {
        return told.subtract(real).abs().compareTo(HAIR) <= 0;
    }

    /** Whose order it was is in its client id; why ours was sent is known to nobody if its record was lost (law 5). */
    private void reason(Notice.TradeClosed each, Span span) {
        String id = span.last().order().terms().clientId();
        Reason told = each.closed().reason();
        boolean fits;
        if (id.startsWith("autoclose-")) {
            fits = told == Reason.LIQUIDATION;
        } else if (id.startsWith("adl_autoclose")) {
            fits = told == Reason.ADL;
        } else if (id.startsWith("web_")) {
            fits = told == Reason.EXTERNAL;
        } else if (id.startsWith("qt-")) {
            fits = told == Reason.TP;
        } else {
            boolean isForgotten = id.startsWith("qx-") && ledger.order(id) == null;
            fits = isForgotten
                    || !Set.of(Reason.EXTERNAL, Reason.LIQUIDATION, Reason.ADL, Reason.SETTLEMENT)
                            .contains(told);
        }
        judge.check(Law.ENDS_AGREE, fits, each.epoch() + " ended by " + id + " told as " + told);
    }

    /** Symbol by symbol what all trades and liquidations brought, where nothing is held any more. */
    private void money(List<Notice.TradeClosed> told) {
        Map<String, BigDecimal> said = new TreeMap<>();
        Set<String> unsure = new HashSet<>();
        for (Notice.TradeClosed each : told) {
            Closed.Result result = each.closed().result();
            String symbol = each.closed().symbol().name();
            BigDecimal funding = result.funding();
            BigDecimal pnl = result.pnl();
            if (pnl != null) {
                said.merge(symbol, funding == null ? pnl : pnl.subtract(funding), BigDecimal::add);
            }
            if (pnl == null || result.fees() == null) {
                unsure.add(symbol);
            }
        }
        account.positions().held().forEach(position -> unsure.add(position.symbol()));
        // What another hand paid to enter is in no life of ours.
        account.fills().stream()
                .filter(fill -> OtherOrders.isOther(fill.order().terms().clientId())
                        && !fill.order().terms().reduceOnly())
                .forEach(fill -> unsure.add(fill.order().terms().symbol()));
        Map<String, BigDecimal> real = new TreeMap<>();
        account.fills()
                .forEach(fill -> real.merge(
                        fill.order().terms().symbol(), fill.realized().subtract(fill.commission()), BigDecimal::add));
        real.forEach((symbol, traded) -> {
            if (!unsure.contains(symbol)) {
                BigDecimal money = traded.add(paid(
                        Income.Kind.INSURANCE_CLEAR, income -> income.symbol().equals(symbol)));
                BigDecimal sum = said.getOrDefault(symbol, BigDecimal.ZERO);
                judge.check(
                        Law.MONEY_AGREES,
                        money.subtract(sum).abs().compareTo(CENT_OF_A_CENT) <= 0,
                        symbol + " told " + sum + ", was " + money);
            }
        });
    }
}
