package quantum.simulator.control;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.Contract;
import quantum.simulator.FeeRates;
import quantum.simulator.ForcedClose;
import quantum.simulator.Json;
import quantum.simulator.Position;
import quantum.simulator.PositionSide;
import quantum.simulator.Refused;
import quantum.simulator.Rights;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;

/** Opens accounts, changes what they have and may do, and closes their positions in the exchange's name. */
final class AccountControl {

    private static final String API_KEY = "apiKey";

    private final Simulator exchange;

    AccountControl(Simulator exchange) {
        this.exchange = exchange;
    }

    private @Nullable Account known(Fields fields) {
        var key = fields.text(API_KEY);
        return exchange.account(key == null ? Simulator.API_KEY : key);
    }

    private Account account(Fields fields) {
        var account = known(fields);
        if (account == null) throw unknown(fields);
        return account;
    }

    private static BadField unknown(Fields fields) {
        return fields.bad(API_KEY, "no such account: give a secret to open one");
    }

    /** An unknown key with a secret or a public key opens an account. */
    JsonNode change(String body) {
        var fields = Fields.read(
                body,
                API_KEY,
                "secret",
                "publicKey",
                "balance",
                "balances",
                "feeAsset",
                "feeRates",
                "leverage",
                "isolated",
                "rights",
                "lockMillis",
                "hedged");
        var known = known(fields);
        for (var name : new String[] {"secret", "publicKey"}) {
            if (known != null && fields.has(name)) throw fields.bad(name, "the account exists; /sim/key changes keys");
        }
        if (known == null && !fields.has("secret") && !fields.has("publicKey")) throw unknown(fields);
        var wallet = fields.has("balance") ? fields.requireNotNegative("balance") : null;
        var balances = balances(fields);
        var feeAsset = fields.text("feeAsset");
        var rates = rates(fields, known == null ? FeeRates.DEFAULT : known.feeRates());
        var rights = rights(fields, known == null ? Rights.ALL : known.rights());
        var account = known == null ? open(fields) : known;
        if (wallet != null) exchange.bank().transferTo(account, Contract.USDT, wallet);
        balances.forEach((asset, amount) -> exchange.bank().transferTo(account, asset, amount));
        if (feeAsset != null) exchange.bank().payFeesIn(account, feeAsset);
        exchange.bank().charge(account, rates);
        exchange.bank().permit(account, rights);
        fields.node("leverage").forEachEntry((symbol, leverage) -> leverage(account, fields, symbol, leverage));
        fields.node("isolated").forEachEntry((symbol, isolated) -> isolated(account, fields, symbol, isolated));
        if (fields.has("hedged")) hedge(account, fields);
        return LedgerJson.balance(exchange, account);
    }

    private Account open(Fields fields) {
        var key = fields.requireText(API_KEY);
        if (!key.matches("[A-Za-z0-9_-]{1,128}")) throw fields.bad(API_KEY, "letters, digits, _ and - are expected");
        return exchange.open(key, fields.has("secret") ? fields.requireText("secret") : KeyControl.publicKey(fields));
    }

    private static Map<String, BigDecimal> balances(Fields fields) {
        var balances = new LinkedHashMap<String, BigDecimal>();
        if (!fields.has("balances")) return balances;
        var names = fields.node("balances").propertyNames().toArray(String[]::new);
        var given = Fields.of(fields.node("balances"), "balances", names);
        for (var name : names) balances.put(name, given.requireDecimal(name));
        return balances;
    }

    private static FeeRates rates(Fields fields, FeeRates present) {
        if (!fields.has("feeRates")) return present;
        var given = Fields.of(fields.node("feeRates"), "feeRates", "maker", "taker");
        return new FeeRates(
                given.has("maker") ? given.requireDecimal("maker") : present.maker(),
                given.has("taker") ? given.requireDecimal("taker") : present.taker());
    }

    private Rights rights(Fields fields, Rights present) {
        long lockedUntil = fields.has("lockMillis")
                ? exchange.now() + TimeUnit.MILLISECONDS.toNanos(fields.requireLong("lockMillis"))
                : present.lockedUntil();
        var given = fields.has("rights")
                ? Fields.of(fields.node("rights"), "rights", "trade", "deposit", "withdraw")
                : Fields.read("");
        return new Rights(
                given.has("trade") ? given.requireFlag("trade") : present.trade(),
                given.has("deposit") ? given.requireFlag("deposit") : present.deposit(),
                given.has("withdraw") ? given.requireFlag("withdraw") : present.withdraw(),
                lockedUntil);
    }

    private void leverage(Account account, Fields fields, String symbol, JsonNode leverage) {
        var field = "leverage." + symbol;
        if (!exchange.prices().lists(symbol)) throw fields.bad(field, "not listed");
        int chosen = Math.clamp(fields.whole(field, leverage), 0, 1_000);
        choose(fields, field, () -> exchange.choices().leverage(account, symbol, chosen));
    }

    private void isolated(Account account, Fields fields, String symbol, JsonNode isolated) {
        var field = "isolated." + symbol;
        if (!exchange.prices().lists(symbol)) throw fields.bad(field, "not listed");
        if (!isolated.isBoolean()) throw fields.bad(field, "true or false is expected");
        if (account.terms(symbol).isolated() == isolated.booleanValue()) return;
        choose(fields, field, () -> exchange.choices().marginType(account, symbol, isolated.booleanValue()));
    }

    private void hedge(Account account, Fields fields) {
        var hedged = fields.requireFlag("hedged");
        if (account.hedged() == hedged) return;
        choose(fields, "hedged", () -> exchange.choices().positionMode(account, hedged));
    }

    private static void choose(Fields fields, String field, Runnable choice) {
        try {
            choice.run();
        } catch (Refused refused) {
            throw fields.bad(field, refused.reason().name());
        }
    }

    /** Closes a position, or a quantity of it, as a liquidation, a deleveraging or a settlement would. */
    JsonNode close(String body) {
        var fields = Fields.read(body, API_KEY, "symbol", "positionSide", "kind", "quantity");
        var account = account(fields);
        var kind = fields.requireOne("kind", ForcedClose.class);
        var position = position(account, fields);
        var quantity = fields.has("quantity") ? fields.requireNotNegative("quantity") : null;
        if (quantity != null && quantity.signum() == 0) throw fields.bad("quantity", "must be positive");
        choose(fields, "symbol", () -> exchange.liquidation().force(account, position, kind, quantity));
        return Json.object().put("closed", position.symbol());
    }

    /** Moves margin into an isolated position, or out of it with a negative amount, whatever is spare. */
    JsonNode margin(String body) {
        var fields = Fields.read(body, API_KEY, "symbol", "positionSide", "amount");
        var account = account(fields);
        var amount = fields.requireDecimal("amount");
        var position = position(account, fields);
        choose(fields, "symbol", () -> exchange.bank().putMargin(account, position, amount));
        return Json.object()
                .put("symbol", position.symbol())
                .put("isolatedWallet", position.isolatedWallet().toPlainString())
                .put(
                        "liquidationPrice",
                        exchange.margins(account, exchange.prices().asset(position.symbol()))
                                .liquidationPrice(position)
                                .toPlainString());
    }

    private Position position(Account account, Fields fields) {
        var symbol = fields.requireText("symbol");
        if (!exchange.prices().lists(symbol)) throw fields.bad("symbol", symbol + " is not listed");
        var side =
                fields.has("positionSide") ? fields.requireOne("positionSide", PositionSide.class) : PositionSide.BOTH;
        return account.positions().of(symbol, side);
    }
}
