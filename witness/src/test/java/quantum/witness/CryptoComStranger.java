package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test that trades on the Crypto.com face of the simulator through a client that others wrote, and holds what the
 * client says against the simulator's own books. BTC_USD stands still at 50,000; balances are read without delay.
 */
abstract class CryptoComStranger {

    static final Path SCRIPTS = Path.of("src", "test", "strangers").toAbsolutePath();

    final Simulator simulator = Simulator.shared();

    /** Last price, bid and ask of BTC_USD, as the control says. */
    private JsonObject market = new JsonObject();

    @BeforeEach
    void startOver() {
        simulator.startOver();
        simulator.control("/sim/settings", "{\"spotBalanceDelayMillis\":0}");
        market = price("50000");
    }

    JsonObject price(String price) {
        return simulator
                .control("/sim/price", "{\"symbol\":\"BTC_USD\",\"price\":\"" + price + "\",\"hold\":true}")
                .getAsJsonObject();
    }

    BigDecimal market(String side) {
        return market.get(side).getAsBigDecimal();
    }

    /** Rows of the spot side of the books. */
    List<JsonObject> books(String list) {
        var spot = simulator.read("/sim/ledger").getAsJsonObject().getAsJsonObject("spot");
        return rows(spot.get(list));
    }

    /** The only order in the books. */
    JsonObject order() {
        var orders = books("orders");
        assertThat(orders).hasSize(1);
        return orders.getFirst();
    }

    void awaitStatus(String status) {
        Awaitility.await("the order is " + status)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> text(order(), "status").equals(status));
    }

    BigDecimal coin(String coin) {
        return books("balances").stream()
                .filter(row -> text(row, "coin").equals(coin))
                .findFirst()
                .map(row -> number(row, "amount"))
                .orElseThrow();
    }

    /** How often a method was called by REST. */
    long calls(String method) {
        return rows(simulator.read("/sim/requests").getAsJsonObject().get("requests")).stream()
                .filter(row -> text(row, "path").equals("/exchange/v1/" + method))
                .count();
    }

    static List<JsonObject> rows(JsonElement list) {
        return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    static String text(JsonElement object, String name) {
        return object.getAsJsonObject().get(name).getAsString();
    }

    static BigDecimal number(JsonElement object, String name) {
        return object.getAsJsonObject().get(name).getAsBigDecimal();
    }

    static JsonObject object(JsonElement parent, String name) {
        return parent.getAsJsonObject().getAsJsonObject(name);
    }

    static List<String> texts(List<JsonObject> rows, String name) {
        return rows.stream().map(row -> text(row, name)).toList();
    }
}
