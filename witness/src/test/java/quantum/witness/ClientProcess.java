package quantum.witness;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client in another language and a process of its own that speaks with the simulator, behind one of the scripts of
 * {@code src/test/strangers}: each call is a line to it, each answer a line from it, several at once.
 */
final class ClientProcess implements AutoCloseable {

    /** {@code null} stands for an argument that is left out. */
    private static final Gson JSON = new GsonBuilder().serializeNulls().create();

    private static final int MOST_SECONDS = 15;

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonElement>> waiting = new ConcurrentHashMap<>();
    private final Process process;
    private final BufferedWriter requests;

    /** The script is told where the simulator stands and what key it has there. */
    ClientProcess(List<String> script, Map<String, String> environment, Path log) {
        var simulator = Simulator.shared();
        var command = new ArrayList<>(script);
        command.addAll(List.of(simulator.url(), simulator.socketUrl(), Simulator.API_KEY, Simulator.SECRET));
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
        requests = process.outputWriter(StandardCharsets.UTF_8);
        var said = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("answers of " + log.getFileName()).start(() -> hear(said));
    }

    private void hear(BufferedReader said) {
        try {
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                var answer = JsonParser.parseString(line).getAsJsonObject();
                var call = waiting.remove(answer.get("id").getAsInt());
                if (call == null) continue;
                if (answer.has("result")) call.complete(answer.get("result"));
                else {
                    call.completeExceptionally(new ClientThrew(
                            answer.get("error").getAsString(),
                            answer.get("message").getAsString()));
                }
            }
        } catch (IOException ended) {
            // Said to those that wait, below.
        } finally {
            waiting.values().forEach(call -> call.completeExceptionally(new IOException("the client ended")));
        }
    }

    /** Begins a call. */
    CompletableFuture<JsonElement> start(String name, Object... arguments) {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonElement>();
        waiting.put(id, answer);
        var request = Map.of("id", id, "call", name, "arguments", Arrays.asList(arguments));
        try {
            requests.write(JSON.toJson(request) + "\n");
            requests.flush();
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
        return answer;
    }

    /** What a call that was begun answers. */
    static JsonElement answer(CompletableFuture<JsonElement> call) {
        try {
            return call.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ClientThrew threw) throw threw;
            throw new AssertionError(failed.getCause());
        } catch (TimeoutException | InterruptedException missing) {
            throw new AssertionError(missing);
        }
    }

    JsonElement call(String name, Object... arguments) {
        return answer(start(name, arguments));
    }

    /** What it throws, which it must. */
    ClientThrew refused(String name, Object... arguments) {
        try {
            throw new AssertionError("accepted: " + call(name, arguments));
        } catch (ClientThrew threw) {
            return threw;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
