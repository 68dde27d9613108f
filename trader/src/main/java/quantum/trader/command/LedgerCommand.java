package quantum.trader.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quantum.trader.ledger.ChainCheck;
import quantum.trader.ledger.LedgerView;
import quantum.trader.ledger.LogRow;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What was decided, proven, copied and printed; beside a running service too, since nothing is changed. */
@Command(
        name = "ledger",
        description = "Prove, copy or print the ledger of decisions, also while the service runs.",
        mixinStandardHelpOptions = true,
        subcommands = {LedgerCommand.Verify.class, LedgerCommand.Backup.class, LedgerCommand.Export.class})
final class LedgerCommand implements Callable<Integer> {

    private static final int PAGE = 1_000;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine.usage(spec.commandLine(), System.out);
        return ExitCode.USAGE;
    }

    /** The log's chain, and every row of every table against what the log says of it. */
    @Command(
            name = "verify",
            description = "Prove that the log's chain is intact and that the tables agree with it, row by row.",
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Mixin
        Configured configured = new Configured();

        @Override
        public Integer call() {
            Terminal terminal = configured.terminal();
            try (LedgerView ledger = Stores.ledger(configured.settings())) {
                terminal.line("reading the whole log ...");
                ChainCheck.Verdict verdict = ledger.verifyChain();
                tell(verdict, terminal);
                return requireProven(
                        verdict, "Stop the service and restore a backup: docs/operations.md, When the ledger fails.");
            }
        }
    }

    /** A consistent copy. */
    @Command(
            name = "backup",
            description = "Copy the ledger into a new file, and prove the copy.",
            mixinStandardHelpOptions = true)
    static final class Backup implements Callable<Integer> {

        private static final DateTimeFormatter STAMP =
                DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

        @Mixin
        Configured configured = new Configured();

        @Option(
                names = "--to",
                paramLabel = "FILE",
                description = "The new file; without it, one named after the time in the data directory.")
        @Nullable
        Path to;

        @Override
        public Integer call() {
            Terminal terminal = configured.terminal();
            Path data = configured.settings().data();
            Path target = to == null ? data.resolve("ledger-" + STAMP.format(Instant.now()) + ".db") : to;
            Path directory = target.toAbsolutePath().getParent();
            if (Files.exists(target) || directory == null || !Files.isDirectory(directory)) {
                throw new UsageError(target + " must be a new file in a directory that exists");
            }
            try (LedgerView ledger = LedgerView.open(data)) {
                terminal.line("copying the ledger of " + data + " ...");
                ChainCheck.Verdict verdict = ledger.backUp(target);
                tell(verdict, terminal);
                terminal.line("backup   " + target + "   " + size(target) + " bytes");
                terminal.object(Json.object().put("backup", target.toString()).put("bytes", size(target)));
                return requireProven(
                        verdict, "The copy has it from the ledger: ./quantum ledger verify, and use an older backup.");
            }
        }

        private static long size(Path file) {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new UsageError(file + " cannot be read: " + e.getMessage());
            }
        }
    }

    /** The log as it is, for other programs. */
    @Command(
            name = "export",
            description = "Print the log, one JSON object a line: seq, at, kind, key, body, hash.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Mixin
        Configured configured = new Configured();

        @Override
        public Integer call() {
            Terminal lines = Terminal.standard(true);
            try (LedgerView ledger = Stores.ledger(configured.settings())) {
                List<LogRow> page = ledger.eventLog(0, PAGE);
                while (!page.isEmpty()) {
                    page.forEach(row -> lines.object(object(row)));
                    page = ledger.eventLog(page.getLast().seq(), PAGE);
                }
            }
            return ExitCode.OK;
        }

        private static ObjectNode object(LogRow row) {
            ObjectNode node = Json.object()
                    .put("seq", row.seq())
                    .put("at", row.at().toString())
                    .put("kind", row.kind())
                    .put("key", row.key());
            try {
                node.set("body", Json.read(row.body()));
            } catch (JacksonException _) {
                // A damaged row is shown as it is; verify names it.
                node.put("body", row.body());
            }
            return node.put("hash", row.hash());
        }
    }

    private static void tell(ChainCheck.Verdict verdict, Terminal terminal) {
        verdict.faults().forEach(fault -> terminal.line(terminal.bad("FAILED ") + "  " + fault));
        if (verdict.ok()) {
            terminal.line(terminal.good("ok") + "       " + verdict.rows()
                    + " rows of the log, every table agrees with it, head " + verdict.head());
        }
        ObjectNode node = Json.object()
                .put("ok", verdict.ok())
                .put("rows", verdict.rows())
                .put("head", verdict.head());
        verdict.faults().forEach(node.putArray("faults")::add);
        terminal.object(node);
    }

    private static int requireProven(ChainCheck.Verdict verdict, String nextStep) {
        if (!verdict.ok()) {
            throw new NotProven("the ledger is not proven: " + verdict.faults().getFirst() + ". " + nextStep);
        }
        return ExitCode.OK;
    }
}
