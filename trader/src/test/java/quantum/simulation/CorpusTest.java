package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept stays mended. */
@Tag("schedules")
class CorpusTest {

    static List<Path> files() {
        return Corpus.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void theShippedCodeKeepsTheLaws(Path file) {
        assertThat(Schedule.run(Corpus.read(file).course()).violations()).isEmpty();
    }
}
