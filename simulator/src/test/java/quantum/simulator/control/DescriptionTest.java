package quantum.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;

/** The simulator's page names everything that can be set. */
class DescriptionTest {

    private static final Path PAGE = Path.of("../docs/simulator.md");
    private static final Pattern CONTROL = Pattern.compile("case \"([A-Z]+ (/sim/[a-z]+))\"");

    @Test
    void everySettingIsDescribed() throws IOException {
        var exchange = Simulator.create(SimulatorOptions.defaults(), 0);
        var names = new ArrayList<>(new SettingsControl(exchange).read().propertyNames());
        assertThat(Files.readString(PAGE))
                .contains(names.stream().map(name -> "`" + name + "`").toList());
    }

    @Test
    void everyControlIsDescribed() throws IOException {
        var source = Files.readString(Path.of("src/main/java/quantum/simulator/control/ControlFace.java"));
        var paths = CONTROL.matcher(source)
                .results()
                .map(found -> found.group(2))
                .distinct()
                .toList();
        assertThat(paths).hasSizeGreaterThan(8);
        assertThat(Files.readString(PAGE)).contains(paths);
    }
}
