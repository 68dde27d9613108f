package quantum.trader.command;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quantum.trader.Program;
import quantum.trader.Trader;
import quantum.trader.settings.Settings;

/** The service. */
@Command(name = "run", description = "Run the service until it is stopped.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    Configured configured = new Configured();

    @Option(names = "--log", description = "text or json (default: log.format; --json is json too).")
    @Nullable
    String log;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        if (log != null && !log.equals("text") && !log.equals("json")) {
            throw new UsageError("--log knows text and json, not " + log);
        }
        Settings settings = configured.settings();
        Program.logToConsole(configured.json || (log == null ? settings.jsonLog() : log.equals("json")));
        settings.notes().forEach(Program::note);
        CompletableFuture<@Nullable RuntimeException> ended = new CompletableFuture<>();
        try (Interruption interruption = new Interruption(() -> ended.complete(null));
                Trader trader = Trader.start(Configured.setup(settings))) {
            trader.announce(settings.mode().word());
            var _ = trader.ended().thenAccept(ended::complete);
            RuntimeException cause = ended.get();
            if (cause != null) {
                throw cause;
            }
            return interruption.endsWith(ExitCode.OK);
        }
    }
}
