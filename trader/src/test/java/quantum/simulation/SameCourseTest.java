package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A seed is one course in every process. Java shuffles the order of its immutable maps and sets anew in each, so whatever
 * decides in that order decides otherwise after a restart, and a seed that failed yesterday passes today.
 */
@Tag("schedules")
class SameCourseTest {

    /** Each has two positions that one frame of prices ends, or two of something else at once. */
    private static final List<Long> SEEDS = List.of(7L, 80L, 81L, 204L, 254L);

    private static final List<Long> SEEDS_OF_COINS = List.of(28L, 80L, 154L);

    private static final int PROCESSES = 2;

    private static List<String> courses() {
        Stream<String> futures = SEEDS.stream()
                .map(seed -> seed + " " + Schedule.run(Course.of(seed)).trace());
        Stream<String> coins = SEEDS_OF_COINS.stream()
                .map(seed -> seed + " " + SpotSchedule.run(Course.of(seed)).trace());
        return Stream.concat(futures, coins).toList();
    }

    public static void main(String[] arguments) {
        courses().forEach(System.out::println);
    }

    @Test
    void aSeedIsTheSameCourseInEveryProcess() throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-cp",
                            classPath,
                            SameCourseTest.class.getName())
                    .redirectErrorStream(true)
                    .start());
        }
        List<String> here = courses();
        for (Process process : processes) {
            String there = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(there).isZero();
            assertThat(there.lines()).containsExactlyElementsOf(here);
        }
    }
}
