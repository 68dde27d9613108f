package quantum.trader.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quantum.market.Symbol;
import quantum.record.Entry;
import quantum.trader.Accounts;
import quantum.trader.doctor.ExchangeChecks;
import quantum.trader.doctor.Finding;
import quantum.trader.doctor.Finding.Grade;
import quantum.trader.doctor.MachineChecks;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.LedgerView;
import quantum.trader.paper.LiveExchange;
import quantum.trader.paper.QuotesUnavailable;
import quantum.trader.redis.RedisAddress;
import quantum.trader.settings.Mode;
import quantum.trader.settings.Settings;
import quantum.trader.stream.AccountLease;
import quantum.trader.stream.StreamNames;
import quantum.trader.venue.Access;
import quantum.trader.venue.PublicAddresses;
import quantum.trader.venue.Venue;
import tools.jackson.databind.node.ObjectNode;

/** Everything that can be looked at before the service starts, or beside it; nothing is changed. */
@Command(
        name = "doctor",
        description = "Check clock, key, modes, Redis, disk, positions, orders: what is wrong and what to do.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    Configured configured = new Configured();

    private Terminal terminal = Terminal.standard(false);
    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        terminal = configured.terminal();
        Settings settings = configured.settings();
        terminal.line("mode " + Configured.word(settings) + ", data " + settings.data());
        tell(List.of(MachineChecks.disk(settings.data()), MachineChecks.instance(settings.data())));
        boolean storeFailed = tell(redis(settings));
        tell(List.of(MachineChecks.account(
                settings.data(),
                Accounts.owner(Configured.setup(settings)),
                storeFailed ? Optional.empty() : lease(settings))));
        boolean exchangeFailed = tell(exchange(settings));
        long failed = findings.stream().filter(f -> f.grade() == Grade.FAILED).count();
        long warnings =
                findings.stream().filter(f -> f.grade() == Grade.WARNING).count();
        terminal.line(
                failed + " failed, " + warnings + " warnings, " + (findings.size() - failed - warnings) + " fine");
        if (failed == 0) {
            return ExitCode.OK;
        }
        return exchangeFailed ? ExitCode.EXCHANGE : storeFailed ? ExitCode.STORE : ExitCode.SELF_TEST;
    }

    private static List<Finding> redis(Settings settings) {
        String url = settings.redis().url();
        return url == null
                ? List.of(MachineChecks.embeddedRedis(settings.mode() == Mode.LIVE))
                : MachineChecks.redis(RedisAddress.of(url));
    }

    private static Optional<String> lease(Settings settings) {
        String url = settings.redis().url();
        return url == null
                ? Optional.empty()
                : Optional.ofNullable(AccountLease.ownerAt(
                        RedisAddress.of(url), new StreamNames(settings.redis().prefix())));
    }

    private List<Finding> exchange(Settings settings) throws InterruptedException {
        Access outside = Configured.exchange(settings);
        if (outside != null) {
            terminal.line("asking " + outside.rest() + ", up to 30 s ...");
            Symbol tested = new Symbol(Venue.of(settings).samples().getFirst());
            return ExchangeChecks.run(outside, tested, new ExchangeChecks.Known(remembered(settings), named(settings)));
        }
        return settings.mode() == Mode.PAPER
                ? List.of(prices(settings))
                : List.of(new Finding("exchange", Grade.FINE, "it is simulated inside the service", null));
    }

    private static List<Entry.PositionRow> remembered(Settings settings) {
        try (LedgerView ledger = Stores.ledger(settings)) {
            return ledger.openPositions();
        } catch (LedgerException _) {
            // None yet, or another check says what is wrong with it.
            return List.of();
        }
    }

    private static Set<String> named(Settings settings) {
        return settings.rules().exits().bySymbol().keySet().stream()
                .map(Symbol::name)
                .collect(Collectors.toSet());
    }

    private Finding prices(Settings settings) {
        PublicAddresses live = Configured.live(settings);
        terminal.line("asking " + live.rest() + ", up to 20 s ...");
        try (LiveExchange exchange = new LiveExchange(live)) {
            exchange.rules(settings.data().resolve("paper-rules.json"));
            exchange.follow(_ -> {});
            return new Finding("prices", Grade.FINE, "rules and prices of " + live.rest() + " arrive", null);
        } catch (QuotesUnavailable e) {
            return new Finding("prices", Grade.FAILED, String.valueOf(e.getMessage()), e.nextStep());
        }
    }

    /** True if one of them failed. */
    private boolean tell(List<Finding> found) {
        findings.addAll(found);
        for (Finding finding : found) {
            String grade = switch (finding.grade()) {
                case FINE -> terminal.good("ok     ");
                case WARNING -> terminal.bad("warning");
                case FAILED -> terminal.bad("FAILED ");
            };
            terminal.line(grade + " " + String.format(Locale.ROOT, "%-12s", finding.check()) + finding.words());
            if (finding.nextStep() != null) {
                terminal.line("        " + " ".repeat(12) + finding.nextStep());
            }
            terminal.object(json(finding));
        }
        return found.stream().anyMatch(f -> f.grade() == Grade.FAILED);
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode node = Json.object()
                .put("check", finding.check())
                .put("grade", finding.grade().name().toLowerCase(Locale.ROOT))
                .put("words", finding.words());
        return finding.nextStep() == null ? node : node.put("next_step", finding.nextStep());
    }
}
