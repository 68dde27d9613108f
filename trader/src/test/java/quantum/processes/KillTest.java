package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.reliability.Required;
import quantum.reliability.Results;

/**
 * The service is killed under load again and again, at drawn moments and at chosen ones, and comes to agree with the
 * exchange within 10 s each time; an order that never arrived there is awaited apart, because its absence takes 12 s to
 * prove (INV-40). A restart mostly waits, so several chains run beside each other. {@code -Dquantum.kills=500} kills more
 * often, {@code -Dquantum.seed=N} draws otherwise, {@code -Dquantum.chains=1} runs one chain alone.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("quantum.kills", 30);
    private static final int CHAINS = Integer.getInteger("quantum.chains", 2);
    private static final long SEED = Long.getLong("quantum.seed", 1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void killedAnywhereItComesBackToTheTruth(@TempDir Path directory) throws Exception {
        Kills kills = new Kills(KILLS);
        List<KillChain.Outcome> outcomes = run(IntStream.range(0, CHAINS)
                .<Callable<KillChain.Outcome>>mapToObj(i -> () -> chain(directory, kills, i))
                .toList());
        report(kills, outcomes);
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.audit().violations()).isEmpty());
        assertThat(sum(outcomes, outcome -> outcome.audit().entryOrders()))
                .as("the load trades")
                .isGreaterThan(kills.count());
        kills.convergences().forEach(agreed -> Required.within(LIMIT, agreed.took(), agreed.toString()));
    }

    private static KillChain.Outcome chain(Path directory, Kills kills, int number) throws Exception {
        Path own = Files.createDirectory(directory.resolve("chain-" + number));
        try (KillChain chain = new KillChain(own, kills, SEED + number)) {
            return chain.run();
        }
    }

    /** All of them, and what the first that failed failed by. */
    private static <T> List<T> run(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> task : threads.invokeAll(tasks)) {
                results.add(task.get());
            }
        }
        return results;
    }

    private static int sum(List<KillChain.Outcome> outcomes, ToIntFunction<KillChain.Outcome> figure) {
        return outcomes.stream().mapToInt(figure).sum();
    }

    private static void report(Kills kills, List<KillChain.Outcome> outcomes) {
        Map<String, Object> figures = new TreeMap<>();
        kills.addTo(figures);
        figures.put("seed", SEED);
        figures.put("chains", CHAINS);
        figures.put("duplicates", sum(outcomes, outcome -> outcome.audit().duplicates()));
        figures.put("lost_intents", sum(outcomes, outcome -> outcome.audit().lost()));
        figures.put(
                "violations",
                sum(outcomes, outcome -> outcome.audit().violations().size()));
        figures.put(
                "repeats_on_the_wire", sum(outcomes, outcome -> outcome.audit().repeats()));
        figures.put("orders", sum(outcomes, outcome -> outcome.audit().entryOrders()));
        figures.put("all_orders", sum(outcomes, KillChain.Outcome::orders));
        figures.put("intents", sum(outcomes, KillChain.Outcome::intents));
        figures.put("messages", sum(outcomes, KillChain.Outcome::messages));
        Map<String, Integer> ends = new TreeMap<>();
        outcomes.forEach(
                outcome -> outcome.audit().ends().forEach((end, count) -> ends.merge(end, count, Integer::sum)));
        figures.put("ends", ends);
        Results.tell("kills", figures);
    }
}
