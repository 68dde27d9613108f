package quantum.simulator;

import static quantum.simulator.Decimals.text;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The exchange's state as a file: money, positions, open orders, recent history, ids and prices. */
public final class StateFile {

    private static final int VERSION = 2;
    private static final int FIRST_VERSION = 1;
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
                .put("orders", exchange.ids().orders())
                .put("algos", exchange.ids().algos())
                .put("trades", exchange.ids().trades())
                .put("transfers", exchange.ids().transfers())
                .put("others", exchange.ids().others())
                .put("playback", exchange.prices().playbackPosition());
        var listed = state.putObject("listed");
        exchange.prices().listedLike().forEach(listed::put);
        var prices = state.putObject("prices");
        var statuses = state.putObject("statuses");
        for (var market : exchange.prices().markets()) {
            var symbol = market.instrument().symbol();
            prices.put(symbol, text(market.last()));
            if (market.status() != SymbolStatus.TRADING
                    && market.statusText().equals(market.status().name())) {
                statuses.put(symbol, market.status().name());
            }
        }
        var accounts = state.putArray("accounts");
        for (var account : exchange.accounts()) accounts.add(account(account));
        state.set("parts", exchange.parts());
        return Json.text(state);
    }

    private static ObjectNode account(Account account) {
        var json = Json.object()
                .put("apiKey", account.apiKey())
                .put("secret", account.secret())
                .put("canTrade", account.rights().trade())
                .put("canDeposit", account.rights().deposit())
                .put("canWithdraw", account.rights().withdraw())
                .put("lockedUntil", account.rights().lockedUntil())
                .put("hedged", account.hedged())
                .put("multiAssets", account.multiAssets())
                .put("wallet", text(account.wallet()))
                .put("feeAsset", account.feeAsset())
                .put("maker", text(account.feeRates().maker()))
                .put("taker", text(account.feeRates().taker()))
                .put("updatedAt", account.updatedAt());
        var wallets = json.putObject("wallets");
        account.assets().forEach(asset -> wallets.put(asset, text(account.wallet(asset))));
        var terms = json.putObject("terms");
        account.chosenTerms()
                .forEach((symbol, chosen) -> terms.putObject(symbol)
                        .put("leverage", chosen.leverage())
                        .put("isolated", chosen.isolated()));
        var positions = json.putArray("positions");
        for (var position : account.positions().all()) {
            positions
                    .addObject()
                    .put("symbol", position.symbol())
                    .put("positionSide", position.side().name())
                    .put("amount", text(position.amount()))
                    .put("cost", text(position.cost()))
                    .put("isolatedWallet", text(position.isolatedWallet()))
                    .put("realized", text(position.realized()))
                    .put("carried", text(position.carried()))
                    .put("updatedAt", position.updatedAt());
        }
        var algos = json.putArray("algos");
        for (var algo : recent(account.algos().all(), account.algos().open())) algos.add(StateJson.algo(algo));
        var orders = json.putArray("orders");
        for (var order : recent(account.orders().all(), account.orders().open())) orders.add(StateJson.order(order));
        var fills = json.putArray("fills");
        for (var fill : recent(account.fills(), List.of())) fills.add(StateJson.fill(fill));
        var transfers = json.putArray("transfers");
        for (var income : recent(account.transfers(), List.of())) transfers.add(StateJson.income(income));
        return json;
    }

    /** The latest of a long history, after everything in it that is still open; nothing else is looked at. */
    private static <T> List<T> recent(List<T> all, List<T> open) {
        var latest = all.subList(Math.max(0, all.size() - KEPT_HISTORY), all.size());
        var kept = new LinkedHashSet<T>(open);
        latest.forEach(kept::remove);
        kept.addAll(latest);
        return List.copyOf(kept);
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
        int version = state.path("version").asInt(0);
        if (version < FIRST_VERSION || version > VERSION) {
            throw new InvalidInput("The simulator's state " + file + " is of another version: move it away");
        }
        if (version == FIRST_VERSION) {
            exchange.ids().resumeWhole(count(state, "orderId"), count(state, "algoId"), count(state, "tradeId"));
        } else {
            exchange.ids()
                    .resume(
                            count(state, "orders"),
                            count(state, "algos"),
                            count(state, "trades"),
                            count(state, "transfers"),
                            count(state, "others"));
        }
        exchange.saveParts(state.path("parts"));
        markets(exchange, state);
        int playback = state.path("playback").asInt(0);
        state.path("prices")
                .forEachEntry((symbol, price) ->
                        exchange.prices().resume(symbol, new BigDecimal(price.asString()), playback));
        for (var saved : state.path("accounts")) {
            var key = saved.path("apiKey").asString();
            var known = exchange.account(key);
            var account =
                    known == null ? exchange.open(key, saved.path("secret").asString()) : known;
            restore(exchange, account, saved);
        }
    }

    private static void markets(Simulator exchange, JsonNode state) {
        var prices = exchange.prices();
        state.path("listed").forEachEntry((symbol, like) -> {
            requireListed(exchange, like.asString());
            if (!prices.lists(symbol)) prices.list(symbol, prices.market(like.asString()));
        });
        state.path("statuses").forEachEntry((symbol, status) -> {
            if (prices.lists(symbol)) prices.market(symbol).change(SymbolStatus.valueOf(status.asString()));
        });
    }

    private static long count(JsonNode state, String name) {
        return state.path(name).longValue();
    }

    private static void restore(Simulator exchange, Account account, JsonNode saved) {
        account.permit(new Rights(
                saved.path("canTrade").asBoolean(true),
                saved.path("canDeposit").asBoolean(true),
                saved.path("canWithdraw").asBoolean(true),
                saved.path("lockedUntil").asLong(0)));
        account.hedge(saved.path("hedged").asBoolean(false));
        account.joinAssets(saved.path("multiAssets").asBoolean(false));
        account.charge(new FeeRates(StateJson.decimal(saved, "maker"), StateJson.decimal(saved, "taker")));
        long updatedAt = saved.path("updatedAt").longValue();
        account.setWallet(Contract.USDT, StateJson.decimal(saved, "wallet"), updatedAt);
        saved.path("wallets")
                .forEachEntry(
                        (asset, amount) -> account.setWallet(asset, new BigDecimal(amount.asString()), updatedAt));
        account.payFeesIn(saved.path("feeAsset").asString(""));
        saved.path("terms")
                .forEachEntry((symbol, chosen) -> account.choose(
                        symbol,
                        new SymbolTerms(
                                chosen.path("leverage").intValue(),
                                chosen.path("isolated").booleanValue())));
        for (var position : saved.path("positions")) {
            var restored = account.positions().of(position.path("symbol").asString(), StateJson.positionSide(position));
            restored.restore(
                    StateJson.decimal(position, "amount"),
                    StateJson.decimal(position, "cost"),
                    StateJson.decimal(position, "isolatedWallet"),
                    position.path("updatedAt").longValue());
            restored.restore(StateJson.decimal(position, "realized"), StateJson.decimal(position, "carried"));
            if (!restored.flat()) requireListed(exchange, restored.symbol());
            account.positions().refresh(restored);
        }
        for (var income : saved.path("transfers")) account.record(StateJson.income(income));
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
            if (order.status().open()) requireListed(exchange, order.terms().symbol());
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

    private static void requireListed(Simulator exchange, String symbol) {
        if (exchange.prices().lists(symbol)) return;
        throw new InvalidInput("The simulator's state holds " + symbol + ", which this exchange does not list");
    }

    private static void arriveAgain(Simulator exchange, Account account, Order order) {
        exchange.later(exchange.drawFillDelay(), () -> exchange.matching().arrive(account, order));
        exchange.matching().endInTime(account, order);
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
