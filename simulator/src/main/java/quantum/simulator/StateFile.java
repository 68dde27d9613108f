package quantum.simulator;

import static quantum.simulator.Decimals.text;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The exchange's state as a file: money, positions, open orders, recent history, ids and prices. */
public final class StateFile {

    private static final int VERSION = 1;
    private static final int KEPT_HISTORY = 1_000;

    private StateFile() {}

    /** Replaces the file as a whole, so that a crash leaves the old state or the new one. */
    public static void write(Path file, String snapshot) throws IOException {
        var parent = file.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, snapshot);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static String snapshot(Simulator exchange) {
        var state = Json.object()
                .put("version", VERSION)
                .put("orderId", exchange.ids().order())
                .put("algoId", exchange.ids().algo())
                .put("tradeId", exchange.ids().trade())
                .put("playback", exchange.prices().playbackPosition());
        var prices = state.putObject("prices");
        for (var market : exchange.prices().markets()) {
            prices.put(market.instrument().symbol(), text(market.last()));
        }
        var accounts = state.putArray("accounts");
        for (var account : exchange.accounts()) accounts.add(account(account));
        return Json.text(state);
    }

    private static ObjectNode account(Account account) {
        var json = Json.object()
                .put("apiKey", account.apiKey())
                .put("wallet", text(account.wallet()))
                .put("maker", text(account.feeRates().maker()))
                .put("taker", text(account.feeRates().taker()))
                .put("updatedAt", account.updatedAt());
        var terms = json.putObject("terms");
        account.chosenTerms()
                .forEach((symbol, chosen) -> terms.putObject(symbol)
                        .put("leverage", chosen.leverage())
                        .put("isolated", chosen.isolated()));
        var positions = json.putArray("positions");
        for (var position : account.positions()) {
            positions
                    .addObject()
                    .put("symbol", position.symbol())
                    .put("amount", text(position.amount()))
                    .put("cost", text(position.cost()))
                    .put("isolatedWallet", text(position.isolatedWallet()))
                    .put("realized", text(position.realized()))
                    .put("updatedAt", position.updatedAt());
        }
        var algos = json.putArray("algos");
        for (var algo : recent(account.algos().all(), account.algos().open())) algos.add(StateJson.algo(algo));
        var orders = json.putArray("orders");
        for (var order : recent(account.orders().all(), account.orders().open())) orders.add(StateJson.order(order));
        var fills = json.putArray("fills");
        for (var fill : recent(account.fills(), List.of())) fills.add(StateJson.fill(fill));
        return json;
    }

    /** The latest of a long history, after everything in it that is still open. */
    private static <T> List<T> recent(Collection<T> all, List<T> open) {
        int skipped = Math.max(0, all.size() - KEPT_HISTORY);
        var older = all.stream().limit(skipped).filter(open::contains);
        return Stream.concat(older, all.stream().skip(skipped)).toList();
    }

    /** Does nothing when there is no file yet; throws {@link InvalidInput} when it cannot be read. */
    static void restore(Simulator exchange, Path file) {
        if (!Files.exists(file)) return;
        JsonNode state;
        try {
            state = Json.parse(Files.readString(file));
        } catch (IOException | InvalidInput unreadable) {
            throw new InvalidInput("Cannot read the simulator's state " + file + ": " + unreadable.getMessage());
        }
        if (state.path("version").asInt(0) != VERSION) {
            throw new InvalidInput("The simulator's state " + file + " is of another version: move it away");
        }
        exchange.ids()
                .resume(
                        state.path("orderId").longValue(),
                        state.path("algoId").longValue(),
                        state.path("tradeId").longValue());
        int playback = state.path("playback").asInt(0);
        state.path("prices")
                .forEachEntry((symbol, price) ->
                        exchange.prices().resume(symbol, new BigDecimal(price.asString()), playback));
        for (var saved : state.path("accounts")) {
            var account = exchange.account(saved.path("apiKey").asString());
            if (account != null) restore(exchange, account, saved);
        }
    }

    private static void restore(Simulator exchange, Account account, JsonNode saved) {
        account.charge(new FeeRates(StateJson.decimal(saved, "maker"), StateJson.decimal(saved, "taker")));
        account.setWallet(
                StateJson.decimal(saved, "wallet"), saved.path("updatedAt").longValue());
        saved.path("terms")
                .forEachEntry((symbol, chosen) -> account.choose(
                        symbol,
                        new SymbolTerms(
                                chosen.path("leverage").intValue(),
                                chosen.path("isolated").booleanValue())));
        for (var position : saved.path("positions")) {
            account.position(position.path("symbol").asString())
                    .restore(
                            StateJson.decimal(position, "amount"),
                            StateJson.decimal(position, "cost"),
                            StateJson.decimal(position, "isolatedWallet"),
                            StateJson.decimal(position, "realized"),
                            position.path("updatedAt").longValue());
        }
        orders(exchange, account, saved);
    }

    private static void orders(Simulator exchange, Account account, JsonNode saved) {
        Map<Long, AlgoOrder> origins = new HashMap<>();
        var algos = new ArrayList<AlgoOrder>();
        for (var node : saved.path("algos")) {
            var algo = StateJson.algo(node);
            algos.add(algo);
            if (node.hasNonNull("orderId")) origins.put(node.path("orderId").longValue(), algo);
        }
        for (var node : saved.path("orders")) {
            var order = StateJson.order(node, origins.get(node.path("id").longValue()));
            account.orders().add(order);
            if (order.status().open()) arriveAgain(exchange, account, order);
        }
        for (int i = 0; i < algos.size(); i++) {
            restoreAlgo(exchange, account, algos.get(i), saved.path("algos").get(i));
        }
        for (var node : saved.path("fills")) {
            var order = account.orders().find(node.path("orderId").longValue());
            if (order != null) account.record(StateJson.fill(node, order));
        }
    }

    private static void arriveAgain(Simulator exchange, Account account, Order order) {
        exchange.later(exchange.drawFillDelay(), () -> exchange.matching().arrive(account, order));
    }

    private static void restoreAlgo(Simulator exchange, Account account, AlgoOrder algo, JsonNode node) {
        @Nullable
        Order actual = node.hasNonNull("orderId")
                ? account.orders().find(node.path("orderId").longValue())
                : null;
        StateJson.restore(algo, node, actual);
        account.algos().add(algo);
        exchange.later(0, () -> exchange.conditionals().resume(account, algo));
    }
}
