package quantum.trader.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.guard.Guards;
import quantum.guard.OperatorState;
import quantum.order.ClientOrderId;
import quantum.record.Entry;
import quantum.record.GuardRows;
import quantum.trader.doctor.Account;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.LedgerView;
import quantum.trader.ledger.ProcessEvent;
import quantum.trader.settings.Settings;
import quantum.trader.venue.Access;
import quantum.venue.ConditionalUpdate;
import quantum.venue.VenueEvent.Held;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be said while no service answers: what the exchange shows now, and what the ledger knew last. Both are only
 * read; the answers have the form of the service's own interfaces.
 */
final class LastKnown {

    private final Settings settings;

    LastKnown(Settings settings) {
        this.settings = settings;
    }

    /** What is held: where the words come from, the positions, and whether the exchange itself said it. */
    record Holdings(String source, boolean byExchange, List<ObjectNode> positions) {
        long unprotected() {
            return positions.stream()
                    .filter(p -> !"RESTING".equals(p.path("stop").path("state").asString()))
                    .count();
        }
    }

    Holdings positions() throws InterruptedException {
        List<Entry.PositionRow> remembered = remembered();
        Access exchange = Configured.exchange(settings);
        if (exchange == null) {
            return byLedger("the exchange is simulated inside the service and away with it", remembered);
        }
        try {
            Account account = Account.ask(exchange);
            List<Held> held = account.held();
            return held == null ? coins(account, remembered) : byExchange(account, held, remembered);
        } catch (Account.Unknown e) {
            return byLedger(String.valueOf(e.getMessage()), remembered);
        }
    }

    private List<Entry.PositionRow> remembered() {
        try (LedgerView ledger = Stores.ledger(settings)) {
            return ledger.openPositions();
        } catch (LedgerException _) {
            // What the exchange shows is worth telling without it.
            return List.of();
        }
    }

    private static Holdings byExchange(Account account, List<Held> positions, List<Entry.PositionRow> remembered) {
        List<ObjectNode> shown = new ArrayList<>();
        Set<String> held = new HashSet<>();
        for (Held position : positions) {
            held.add(position.symbol().name());
            shown.add(shown(position, account));
        }
        List<String> gone = remembered.stream()
                .map(Entry.PositionRow::symbol)
                .filter(symbol -> !held.contains(symbol))
                .toList();
        return new Holdings(
                "as the exchange shows now"
                        + (gone.isEmpty()
                                ? ""
                                : "; ended meanwhile, told at the next start: " + String.join(", ", gone)),
                true,
                shown);
    }

    /** Coins are whoever's: which of them are a position the ledger says, and what protects it the exchange. */
    private static Holdings coins(Account account, List<Entry.PositionRow> remembered) {
        List<ObjectNode> shown = new ArrayList<>();
        for (Entry.PositionRow row : remembered) {
            ObjectNode position = shown(row);
            level(position, "stop", account.ofLife(ClientOrderId.stopPrefix(row.epoch())));
            level(position, "target", account.ofLife(ClientOrderId.targetPrefix(row.epoch())));
            shown.add(position);
        }
        return new Holdings(
                "as the ledger knew last, and what rests as the exchange shows now; other coins are not ours",
                true,
                shown);
    }

    private static ObjectNode shown(Entry.PositionRow row) {
        return Json.object()
                .put("symbol", row.symbol())
                .put("direction", row.direction())
                .put("quantity", row.quantity())
                .put("entry_price", row.entryPrice());
    }

    private static ObjectNode shown(Held position, Account account) {
        BigDecimal mark = position.mark().value();
        ObjectNode shown = Json.object()
                .put("symbol", position.symbol().name())
                .put("direction", position.direction().name())
                .put("quantity", position.quantity().value())
                .put("entry_price", position.entryPrice().value())
                .put("mark", mark)
                .put("leverage", position.leverage());
        level(shown, "stop", account.stop(position));
        level(shown, "target", account.target(position));
        return shown.put(
                "unrealised_usd",
                mark.subtract(position.entryPrice().value())
                        .multiply(position.quantity().value())
                        .multiply(BigDecimal.valueOf(position.direction().sign()))
                        .setScale(4, RoundingMode.HALF_EVEN));
    }

    private static void level(ObjectNode position, String name, Optional<ConditionalUpdate> rest) {
        ObjectNode level = position.putObject(name).put("state", rest.isPresent() ? "RESTING" : "MISSING");
        rest.ifPresent(resting -> level.put("price", resting.trigger().value()).put("id", resting.conditionalId()));
    }

    private static Holdings byLedger(String why, List<Entry.PositionRow> remembered) {
        List<ObjectNode> shown = new ArrayList<>();
        for (Entry.PositionRow row : remembered) {
            ObjectNode position = shown(row);
            position.putObject("stop")
                    .put("state", "UNKNOWN")
                    .put("price", row.plan().stop());
            position.putObject("target")
                    .put("state", "UNKNOWN")
                    .put("price", row.plan().target());
            shown.add(position);
        }
        return new Holdings(why + "; as the ledger knew last", false, shown);
    }

    /** What the next start takes over, in the form of {@code /api/v1/guards}; null where no ledger says anything. */
    @Nullable
    ObjectNode guards() {
        try (LedgerView ledger = Stores.ledger(settings)) {
            Entry.GuardRow row = ledger.guards();
            return row == null ? null : shown(GuardRows.guards(row), Instant.now());
        } catch (LedgerException _) {
            return null;
        }
    }

    private static ObjectNode shown(Guards guards, Instant now) {
        OperatorState standing = guards.standing();
        ObjectNode shown = Json.object().put("state", standing.state().name());
        ObjectNode own = shown.putObject("guards")
                .put("paused", standing.state() == OperatorState.State.REDUCING)
                .put("halted", standing.state() == OperatorState.State.HALTED)
                .put("flattening", standing.isFlattening());
        ObjectNode flattened = own.putObject("flattened");
        standing.flattened().forEach((symbol, going) -> flattened.put(symbol.name(), going));
        ArrayNode active = shown.putArray("active");
        guards.active(now).forEach((name, until) -> {
            ObjectNode guard = active.addObject().put("name", name.toString());
            until.ifPresent(instant -> guard.put("until", instant.toString()));
        });
        return shown;
    }

    /** How the last service ended, in words. */
    String lastEnd() {
        try (LedgerView ledger = Stores.ledger(settings)) {
            List<ProcessEvent> processes = ledger.processes();
            if (processes.isEmpty()) {
                return "no service has run on " + settings.data();
            }
            ProcessEvent last = processes.getLast();
            return last.kind() == ProcessEvent.Kind.STARTED
                    ? "the last one started " + last.at() + " and did not end in order: it was killed, or still runs"
                            + " on another http.port"
                    : "the last one ended in order " + last.at();
        } catch (LedgerException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
