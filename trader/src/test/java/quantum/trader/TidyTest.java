package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantum.decision.Marker;
import quantum.trader.venue.Venue;

/** What every tracked file keeps to, so that the hundredth change reads like the first. */
class TidyTest {

    private static final Path ROOT = Path.of("..");
    private static final int LONGEST_MAIN_FILE = 400;
    private static final int LONGEST_TEST_FILE = 500;
    private static final int LONGEST_METHOD = 60;
    private static final int LONGEST_README = 120;
    private static final int LONGEST_DOCUMENT = 400;
    private static final Set<String> ROOT_ENTRIES = Set.of(
            ".ci",
            ".editorconfig",
            ".gitattributes",
            ".gitignore",
            ".mvn",
            "CHANGELOG.md",
            "LICENSE",
            "README.md",
            "bench",
            "core",
            "deploy",
            "docs",
            "etc",
            "findings",
            "pom.xml",
            "quantum",
            "simulator",
            "trader",
            "venues",
            "witness");
    private static final Pattern TYPE = Pattern.compile(".*\\b(class|record|interface|enum)\\b.*");

    private static List<String> tracked = List.of();

    @BeforeAll
    static void list() throws IOException {
        try {
            Process git = new ProcessBuilder("git", "ls-files")
                    .directory(ROOT.toFile())
                    .start();
            tracked = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(file -> Files.isRegularFile(ROOT.resolve(file)))
                    .toList();
        } catch (IOException _) {
            tracked = List.of();
        }
        assumeTrue(!tracked.isEmpty(), "SKIPPED: this is no git checkout, or git is not installed");
    }

    private static List<String> files(Predicate<String> wanted) {
        return tracked.stream().filter(wanted).toList();
    }

    private static List<String> java(String part) {
        return files(file -> file.endsWith(".java") && file.contains(part));
    }

    private static boolean isText(String file) {
        return !file.matches(".*\\.(png|jpg|ico|gz|jar)");
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    /** Files in which this is found. */
    private static List<String> holding(List<String> files, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return files.stream().filter(f -> pattern.matcher(read(f)).find()).toList();
    }

    @Test
    void filesStayShort() {
        List<String> tooLong = new ArrayList<>();
        for (String file : tracked) {
            int limit = file.equals("README.md")
                    ? LONGEST_README
                    : file.endsWith(".md")
                            ? LONGEST_DOCUMENT
                            : file.endsWith(".java")
                                    ? file.contains("/src/test/") ? LONGEST_TEST_FILE : LONGEST_MAIN_FILE
                                    : Integer.MAX_VALUE;
            long lines = limit == Integer.MAX_VALUE ? 0 : read(file).lines().count();
            if (lines > limit) {
                tooLong.add(file + " has " + lines + " lines, limit " + limit);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void methodsStayShort() {
        assertThat(java("").stream().flatMap(file -> longBlocks(file).stream())).isEmpty();
    }

    /** The formatter puts a block's last brace below its first line's first character. */
    private static List<String> longBlocks(String file) {
        List<String> found = new ArrayList<>();
        Map<Integer, Integer> openedAt = new HashMap<>();
        List<String> lines = read(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).strip();
            int indent = lines.get(i).length() - lines.get(i).stripLeading().length();
            if (text.equals("}")) {
                int start = openedAt.getOrDefault(indent, i);
                if (i - start + 1 > LONGEST_METHOD
                        && !TYPE.matcher(lines.get(start)).matches()) {
                    found.add(file + ":" + (start + 1) + " is a block of " + (i - start + 1) + " lines");
                }
            } else if (!text.isEmpty() && !text.matches("[}*/@)].*")) {
                openedAt.put(indent, i);
            }
        }
        return found;
    }

    @Test
    void theRootIsTheArchitecture() {
        Set<String> entries =
                tracked.stream().map(file -> file.split("/", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
        assertThat(entries).isSubsetOf(ROOT_ENTRIES).hasSizeLessThanOrEqualTo(20);
    }

    /** They hold the operator's token and the password of Redis. */
    @Test
    void o25_dataDirectoriesOfTheExamplesAreIgnoredAndNoSourceIs() throws IOException, InterruptedException {
        Pattern data = Pattern.compile("(?m)^data: \\./(\\S+)$");
        List<String> directories = files(file -> file.startsWith("etc/")).stream()
                .flatMap(file -> data.matcher(read(file)).results())
                .map(found -> found.group(1) + "/")
                .toList();
        assertThat(directories)
                .hasSizeGreaterThan(2)
                .allSatisfy(name -> assertThat(isIgnored(name)).isTrue());
        assertThat(isIgnored("trader/src/main/java/quantum/")).isFalse();
        assertThat(isIgnored("trader/src/test/java/quantum-new/")).isFalse();
    }

    private static boolean isIgnored(String name) throws IOException, InterruptedException {
        return new ProcessBuilder("git", "check-ignore", "-q", name)
                        .directory(ROOT.toFile())
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void wordsStandWithoutPictures() {
        assertThat(holding(files(TidyTest::isText), "[\\x{1F000}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{2B50}\\x{FE0F}]"))
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(holding(files(TidyTest::isText), "\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b"))
                .isEmpty();
    }

    @Test
    void noFileKnowsTheMachineItWasWrittenOn() {
        assertThat(holding(files(TidyTest::isText), "(^|[^A-Za-z.])/(wo" + "rk|ro" + "ot|fa" + "rm)/"))
                .isEmpty();
    }

    @Test
    void testsWaitForWhatTheyWantToSee() {
        assertThat(holding(java("/src/test/"), "Thread\\." + "sleep|TimeUnit\\.[A-Z]+\\." + "sleep"))
                .isEmpty();
    }

    @Test
    void theEnvironmentIsReadByTheCommandLineAlone() {
        assertThat(holding(java("/src/main/"), "System\\.getenv"))
                .allSatisfy(file -> assertThat(file).matches("trader/.*/command/(Configured|Terminal)\\.java"));
    }

    @Test
    void fewPlacesCatchEverything() {
        assertThat(holding(java("/src/main/"), "catch \\((final )?(Exception|Throwable)\\b"))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void whatDecidesAndWhatSpeaksToTheExchangeCountsInDecimals() {
        List<String> files = files(f -> f.matches("(core|venues)/src/main/.*\\.java"));
        assertThat(files).anyMatch(file -> file.startsWith("core/")).anyMatch(file -> file.startsWith("venues/"));
        assertThat(holding(files, "\\b(double|float|Double|Float|doubleValue|floatValue|asDouble)\\b"))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<String> packages = java("/src/main/").stream()
                .map(file -> file.substring(0, file.lastIndexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages)
                .hasSizeGreaterThan(15)
                .allSatisfy(folder -> assertThat(tracked).contains(folder + "/package-info.java"));
    }

    @Test
    void everyLogEventIsDocumented() {
        String documents = files(f -> f.equals("docs/operations.md")).stream()
                .map(TidyTest::read)
                .collect(Collectors.joining());
        assertThat(Arrays.stream(Venue.values())
                        .flatMap(venue -> Arrays.stream(Marker.values()).map(venue::marker)))
                .allSatisfy(words -> assertThat(documents).contains("`" + words + "`"));
    }
}
