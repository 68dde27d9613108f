package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The contract table against what the simulator serves and against the tests it names. */
class ContractTest {

    private final Contract contract = Contract.read();

    private Set<String> requests() {
        var requests = new TreeSet<>(contract.entries().keySet());
        requests.removeIf(name -> !name.matches("(GET|POST|PUT|DELETE) /.*|WS .*"));
        return requests;
    }

    @Test
    void everyEndpointServedIsInTheTable() {
        assertThat(requests()).containsAll(Simulator.shared().routes());
    }

    @Test
    void everyEndpointOfTheTableIsServedOrWaitsForIt() {
        var served = Simulator.shared().routes();
        assertThat(contract.later())
                .as("served now: take these out of later.txt")
                .doesNotContainAnyElementsOf(served);
        var waiting = requests();
        waiting.removeAll(served);
        assertThat(contract.later()).containsAll(waiting);
        assertThat(contract.entries().keySet()).containsAll(contract.later());
    }

    @Test
    void everyTestNamedExists() {
        var missing = new ArrayList<String>();
        for (var entry : contract.entries().values()) {
            assertThat(entry.values())
                    .as(entry.name() + " has a test of its values")
                    .isNotEmpty();
            for (var test : entry.tests()) if (!exists(test)) missing.add(entry.name() + " names " + test);
        }
        assertThat(missing).isEmpty();
    }

    private static boolean exists(String test) {
        var parts = List.of(test.split("\\."));
        try {
            return Class.forName("quantum.witness." + parts.get(0))
                    .getDeclaredMethod(parts.get(1))
                    .isAnnotationPresent(Test.class);
        } catch (ClassNotFoundException | NoSuchMethodException absent) {
            return false;
        }
    }

    @Test
    void everyOptionalFieldNamedIsOneOfItsShape() {
        var shapes = Shapes.read();
        for (var entry : contract.entries().values()) {
            var optional = new TreeSet<String>();
            for (var reply : entry.replies()) {
                shapes.get(reply).fields().forEach((path, field) -> {
                    if (field.optional()) optional.add(path);
                });
            }
            assertThat(optional).as(entry.name()).containsAll(entry.fields().keySet());
        }
    }
}
