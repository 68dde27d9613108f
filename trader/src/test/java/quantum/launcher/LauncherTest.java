package quantum.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds, when it must not, and what it says meanwhile. */
class LauncherTest {

    private static final String OLD = "quantum: this program is older than its sources; ./quantum build renews it";
    private static final String BUILT = "touch trader/target/quantum-trader.jar -d '+2 hours'";

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "positions",
                "orders",
                "safety",
                "explain",
                "send",
                "flatten",
                "pause",
                "resume",
                "doctor",
                "config",
                "ledger"
            })
    void o5_whatLooksOperatesOrClosesRunsFromTheJarThatIsThere(String verb) throws IOException {
        Checkout checkout = Checkout.in(directory).built().pulled();
        Checkout.Run run = checkout.start(Map.of(), "./quantum " + verb + " --help");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .startsWith(OLD + "\n")
                .contains("Usage: quantum " + verb)
                .doesNotContain("building");
    }

    @Test
    void o5_aProgramThatIsNotOldSaysNothing() throws IOException {
        Checkout.Run run = Checkout.in(directory).built().start(Map.of(), "./quantum config show");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).doesNotContain("quantum: ");
    }

    @Test
    void o5_aServiceThatCannotBeBuiltRunsAllTheSame() throws IOException {
        Checkout checkout = Checkout.in(directory).built().pulled();
        String told = "quantum: this program is older than its sources and could not be built; it runs all the same";
        Checkout.Run alone = checkout.start(Map.of(), "./quantum run --help");
        assertThat(alone.exitCode()).as(alone.output()).isZero();
        assertThat(alone.output()).contains(told, "Usage: quantum run").doesNotContain("fetching");
        Checkout.Run broken =
                checkout.maven("echo '[ERROR] no network'; exit 1").start(Map.of(), "./quantum run --help");
        assertThat(broken.exitCode()).as(broken.output()).isZero();
        assertThat(broken.output()).contains("[ERROR] no network", told, "Usage: quantum run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --help", "simulator --help", "verify --help", "run --help", "build"})
    void o5_whatIsAboutTheSourcesBuildsThem(String line) throws IOException {
        Checkout checkout = Checkout.in(directory).built().pulled().maven(BUILT);
        Checkout.Run run = checkout.start(Map.of(), "./quantum " + line);
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .startsWith("quantum: building")
                .contains("built in")
                .doesNotContain("older than");
    }

    @Test
    void aBuildThatFailsShowsWhyAndLeavesTheOldProgram() throws IOException {
        Checkout checkout = Checkout.in(directory).built().pulled().maven("echo '[ERROR] line 7: wrong'; exit 1");
        Checkout.Run run = checkout.start(Map.of(), "./quantum build");
        assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
        assertThat(run.output()).contains("quantum: the build failed", "[ERROR] line 7: wrong");
        assertThat(directory.resolve(Checkout.JAR)).exists();
    }

    @Test
    void s26_theFirstLineComesAtOnceAndAPipeHearsThatItGoesOn() throws IOException {
        Checkout built = Checkout.in(directory).built();
        Path jar = directory.resolve(Checkout.JAR);
        Files.move(jar, directory.resolve("ready.jar"));
        built.maven("until [ -e go ]; do sleep 0.2 || exit; done; cp ready.jar " + Checkout.JAR);
        Checkout.Run run = built.start(Map.of(), "./quantum simulator --help");
        run.awaitOutput("quantum: building; the first time takes a minute or two");
        run.awaitOutput("building ... 1");
        assertThat(run.output()).containsPattern("building \\.\\.\\. 1[5-9] s\n");
        Files.createFile(directory.resolve("go"));
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("built in", "Usage: quantum simulator");
    }

    @Test
    void aLauncherThatIsALinkFindsItsHome() throws IOException {
        Checkout checkout = Checkout.in(directory).built();
        Files.createDirectory(directory.resolve("links"));
        Files.createSymbolicLink(directory.resolve("links/quantum"), Path.of("..", "quantum"));
        Checkout.Run run = checkout.start(Map.of(), "cd /; " + directory.resolve("links/quantum") + " --version");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).startsWith("Quantum Trader");
    }

    /** macOS has bash 3.2 and will keep it. */
    @Test
    void theLauncherKeepsToAnOldShell() throws IOException {
        assertThat(Files.readString(Path.of("..", "quantum")))
                .as("an empty array is unbound there")
                .doesNotContainPattern("[^+]\"\\$\\{extra\\[@]}")
                .as("words that came with bash 4")
                .doesNotContainPattern(
                        "mapfile|readarray|declare -A|local -A|\\$\\{[a-z]+,,|\\$\\{[a-z]+\\^\\^|\\|&|&>>|readlink -f");
    }
}
