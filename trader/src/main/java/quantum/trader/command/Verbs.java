package quantum.trader.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import quantum.simulator.InvalidInput;
import quantum.trader.ExchangeUnusable;
import quantum.trader.Legible;
import quantum.trader.ledger.LedgerException;
import quantum.trader.page.PageUnavailable;
import quantum.trader.redis.RedisUnavailable;
import quantum.trader.settings.Nearest;
import quantum.trader.settings.SettingsError;
import quantum.venue.Lookup;

/** All verbs, and the exit code of each way to fail. */
@Command(
        name = "quantum",
        description =
                "Trade intents from a Redis stream become exchange orders that are filled, protected, reconciled.",
        mixinStandardHelpOptions = true,
        footer = "%nAnd by the launcher: test builds and runs every check that CI runs; test --help says more.",
        versionProvider = Verbs.Version.class,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            SimulatorCommand.class,
            VerifyCommand.class,
            DoctorCommand.class,
            SendCommand.class,
            StatusCommand.class,
            PositionsCommand.class,
            OrdersCommand.class,
            ExplainCommand.class,
            Operating.Pause.class,
            Operating.Resume.class,
            FlattenCommand.class,
            Operating.Safety.class,
            LedgerCommand.class,
            ConfigCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Verbs implements Callable<Integer> {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h)?");

    private Verbs() {}

    /** Runs a command line and returns the exit code. */
    public static int run(String[] arguments) {
        CommandLine line = new CommandLine(new Verbs());
        line.registerConverter(Duration.class, Verbs::duration);
        line.registerConverter(Path.class, Path::of);
        line.setExecutionExceptionHandler((failure, _, _) -> failed(failure));
        line.setParameterExceptionHandler((failure, _) -> {
            System.err.println(Legible.lines("quantum: " + failure.getMessage() + meant(failure)));
            System.err.println(
                    "Try: ./" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE;
        });
        Optional<String> unknown = unknownVerb(line, arguments);
        if (unknown.isPresent()) {
            System.err.println("quantum: " + unknown.get());
            System.err.println("Try: ./quantum --help");
            return ExitCode.USAGE;
        }
        return line.execute(arguments);
    }

    /** Looked for before anything else: beside --help an unknown verb would be passed over. */
    private static Optional<String> unknownVerb(CommandLine line, String[] arguments) {
        CommandLine group = line;
        for (String argument : arguments) {
            Map<String, CommandLine> verbs = group.getSubcommands();
            if (argument.startsWith("-") || verbs.isEmpty()) {
                return Optional.empty();
            }
            CommandLine verb = verbs.get(argument);
            if (verb == null) {
                return Optional.of("unknown verb " + argument
                        + Nearest.to(argument, verbs.keySet().stream())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; there are " + String.join(", ", verbs.keySet())));
            }
            group = verb;
        }
        return Optional.empty();
    }

    private static String meant(CommandLine.ParameterException failure) {
        if (failure instanceof CommandLine.UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            Stream<String> options = failure.getCommandLine().getCommandSpec().optionsMap().keySet().stream();
            return Nearest.to(unmatched.getUnmatched().getFirst(), options.filter(name -> name.startsWith("--")))
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
        }
        return "";
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure) {
        System.err.println(Legible.lines("quantum: " + failure.getMessage()));
        return switch (failure) {
            case UsageError _, InvalidInput _, SettingsError _, PageUnavailable _ -> ExitCode.USAGE;
            case NotProven _ -> ExitCode.NOT_PROVEN;
            case ExchangeUnusable _, Lookup.Unanswered _ -> ExitCode.EXCHANGE;
            case LedgerException _, RedisUnavailable _ -> ExitCode.STORE;
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            default -> {
                failure.printStackTrace();
                yield 1;
            }
        };
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new CommandLine.TypeConversionException("'" + text + "' is not a time such as 60s, 5m or 500ms");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    /** The version line. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Quantum Trader " + quantum.trader.Program.version()};
        }
    }
}
