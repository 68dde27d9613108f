package quantum.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One run of the demo through the launcher: when it is ready, when the first fill is protected, what it holds. */
record Demo(double readySeconds, double protectedSeconds, double residentMegabytes, int exitCode) {

    private static final Duration LENGTH = Duration.ofSeconds(60);

    /** Runs it; the launcher gives its process to Java, so that the process measured is the service's. */
    static Demo run(Path launcher) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(
                        launcher.toString(), "demo", "--for", LENGTH.toSeconds() + "s", "--port", "0")
                .redirectErrorStream(true)
                .start();
        Resident resident = new Resident(process.pid());
        Thread watch = Thread.ofPlatform().daemon().start(resident);
        double ready = 0;
        double first = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                double seconds = (System.nanoTime() - began) / 1e9;
                if (ready == 0 && line.startsWith("ready")) {
                    ready = seconds;
                } else if (first == 0 && line.contains("PROTECTED")) {
                    first = seconds;
                }
            }
        }
        int code = process.waitFor();
        watch.join(TimeUnit.SECONDS.toMillis(2));
        return new Demo(ready, first, resident.megabytes, code);
    }

    /** The last reading of the resident memory before the process ends. */
    private static final class Resident implements Runnable {

        private final Path status;
        private volatile double megabytes;

        Resident(long pid) {
            status = Path.of("/proc", Long.toString(pid), "status");
        }

        @Override
        public void run() {
            try {
                while (true) {
                    for (String line : Files.readAllLines(status)) {
                        if (line.startsWith("VmRSS:")) {
                            megabytes = Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                        }
                    }
                    TimeUnit.MILLISECONDS.sleep(500);
                }
            } catch (IOException _) {
                // The process has ended.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
