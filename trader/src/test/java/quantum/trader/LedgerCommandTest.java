package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import quantum.trader.command.Verbs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./quantum ledger} beside a running service, on copies, and on a spoilt ledger. */
class LedgerCommandTest {

    private static Path data;
    private static Floor floor;

    @TempDir
    Path scratch;

    @BeforeAll
    static void open(@TempDir Path directory) {
        data = directory;
        floor = Floor.open(data, Floor.quickRules());
        floor.open("told", "ETHUSDT", "BUY", "100");
        floor.ending("told");
    }

    @AfterAll
    static void close() {
        floor.close();
    }

    /** What a verb printed on both of its ways out, and its exit code. */
    private record Said(int code, List<String> out, String err) {
        List<JsonNode> objects() {
            return out.stream().map(JsonMapper.shared()::readTree).toList();
        }
    }

    private Said run(Path directory, String... arguments) throws IOException {
        Path config = Files.writeString(scratch.resolve("config.yaml"), "data: \"" + directory + "\"\n");
        List<String> line = new ArrayList<>(List.of("ledger"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--config", config.toString()));
        PrintStream before = System.out;
        PrintStream errors = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int code = Verbs.run(line.toArray(String[]::new));
            return new Said(
                    code, out.toString(StandardCharsets.UTF_8).lines().toList(), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
            System.setErr(errors);
        }
    }

    @Test
    void verifyProvesARunningServicesLedger() throws IOException {
        Said said = run(data, "verify", "--json");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.objects()).singleElement().satisfies(node -> {
            assertThat(node.path("ok").asBoolean()).isTrue();
            assertThat(node.path("rows").asLong()).isPositive();
            assertThat(Exchange.text(node, "head")).hasSize(64);
        });
    }

    @Test
    void backupIsProvenAndVerifyNamesWhatIsWrongWithIt() throws IOException, SQLException {
        Path elsewhere = Files.createDirectory(scratch.resolve("copy"));
        Path copy = elsewhere.resolve("ledger.db");
        Said backup = run(data, "backup", "--to", copy.toString());
        Said again = run(data, "backup", "--to", copy.toString());
        assertThat(backup.code()).as(backup.err()).isZero();
        assertThat(again.code()).isEqualTo(2);
        assertThat(run(elsewhere, "verify").code()).isZero();

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE intents SET symbol = 'ETHUSDC' WHERE intent_id = 'told'");
        }
        Said spoilt = run(elsewhere, "verify", "--json");
        assertThat(spoilt.code()).isEqualTo(6);
        assertThat(spoilt.objects().getFirst().path("faults").get(0).asString())
                .isEqualTo("intent told differs between its table and the log");
        assertThat(spoilt.err()).contains("intent told differs", "restore a backup");
    }

    /** A killed process would leave what the driver unpacks, and two at once would race to take it away. */
    @Test
    void sqlitesOwnCodeIsKeptInTheDataDirectoryAndNothingOfItInTheTemporaryOne() throws IOException {
        Path temporary = Files.createDirectory(scratch.resolve("tmp"));
        Path leftByAnother = Files.createFile(
                temporary.resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-left-libsqlitejdbc.so"));
        StartArchive archive = StartArchive.here();
        List<String> options = new ArrayList<>(archive.options());
        options.add("-Djava.io.tmpdir=" + temporary);
        Path config = Files.writeString(scratch.resolve("config.yaml"), "data: \"" + data + "\"\n");
        Command verify = Command.startWith(
                options,
                archive.classPath(),
                scratch.resolve("out"),
                Map.of(),
                "ledger",
                "verify",
                "--config",
                config.toString());

        assertThat(verify.exitCode()).as(verify.output()).isZero();
        assertThat(data.resolve(LibraryLoaderUtil.getNativeLibName())).isRegularFile();
        try (Stream<Path> found = Files.list(temporary)) {
            assertThat(found).containsExactly(leftByAnother);
        }
    }

    @Test
    void exportPrintsEveryRowOfTheLogInOrder() throws IOException {
        List<JsonNode> rows = run(data, "export").objects();

        assertThat(rows).hasSizeGreaterThan(5);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).path("seq").asLong()).isEqualTo(i + 1);
        }
        assertThat(rows).anySatisfy(row -> {
            assertThat(Exchange.text(row, "kind")).isEqualTo("intent");
            assertThat(Exchange.text(row, "key")).isEqualTo("told");
            assertThat(Exchange.text(row.path("body"), "terminalState")).isEqualTo("FILLED");
        });
    }

    @Test
    void aDirectoryWithoutALedgerIsToldWithTheNextStep() throws IOException {
        Said said = run(scratch, "verify");

        assertThat(said.code()).isEqualTo(5);
        assertThat(said.err()).contains("there is no ledger", "start the service once");
    }
}
