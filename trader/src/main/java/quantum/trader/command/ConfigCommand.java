package quantum.trader.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import quantum.trader.settings.Settings;
import tools.jackson.databind.node.ObjectNode;

/** The merged configuration. */
@Command(
        name = "config",
        description = "Show or check the configuration.",
        mixinStandardHelpOptions = true,
        subcommands = {ConfigCommand.Show.class, ConfigCommand.Check.class})
final class ConfigCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine.usage(spec.commandLine(), System.out);
        return ExitCode.USAGE;
    }

    /** Every key with its value and where it comes from; secrets masked. */
    @Command(name = "show", description = "Print every key, its value and its source.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Mixin
        Configured configured = new Configured();

        @Override
        public Integer call() {
            Terminal terminal = configured.terminal();
            for (Settings.Shown line : Configured.shown(configured.settings())) {
                terminal.line(String.format(Locale.ROOT, "%-42s %-28s %s", line.key(), line.value(), line.source()));
                terminal.object(Json.object()
                        .put("key", line.key())
                        .put("value", line.value())
                        .put("source", line.source()));
            }
            return ExitCode.OK;
        }
    }

    /** All problems at once, or none. */
    @Command(
            name = "check",
            description = "Report every problem of the configuration.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Mixin
        Configured configured = new Configured();

        @Override
        public Integer call() {
            Settings settings = configured.settings();
            // What the exchange's own part refuses is a problem of the configuration too.
            Configured.setup(settings);
            Terminal terminal = configured.terminal();
            settings.notes().forEach(note -> terminal.line("note: " + note));
            terminal.line("configuration ok   mode " + settings.mode().word());
            ObjectNode ok =
                    Json.object().put("ok", true).put("mode", settings.mode().word());
            settings.notes().forEach(ok.putArray("notes")::add);
            terminal.object(ok);
            return ExitCode.OK;
        }
    }
}
