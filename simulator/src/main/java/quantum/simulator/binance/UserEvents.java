package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.AccountChange;
import quantum.simulator.AlgoOrder;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Execution;
import quantum.simulator.Fill;
import quantum.simulator.ForcedClose;
import quantum.simulator.Json;
import quantum.simulator.Margins;
import quantum.simulator.Order;
import quantum.simulator.OrderType;
import quantum.simulator.Position;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.node.ObjectNode;

/** The frames of the user stream (binance-usdm 5.2 to 5.5). */
final class UserEvents implements ExchangeListener {

    private final Simulator exchange;
    private final ListenKeys keys;

    UserEvents(Simulator exchange, ListenKeys keys) {
        this.exchange = exchange;
        this.keys = keys;
    }

    @Override
    public void orderChanged(Account account, Order order, Execution execution, @Nullable Fill fill) {
        var key = keys.of(account);
        if (key == null) return;
        if (fill != null && execution == Execution.TRADE && exchange.settings().on(Setting.TRADE_LITE)) {
            keys.deliver(key, "TRADE_LITE", tradeLite(order, fill));
        }
        var frame = frame("ORDER_TRADE_UPDATE");
        frame.set("o", order(order, execution, fill));
        keys.deliver(key, "ORDER_TRADE_UPDATE", frame);
    }

    /** The short form of a trade, ahead of the long one; a liquidation is none (binance-usdm 5.5). */
    private ObjectNode tradeLite(Order order, Fill fill) {
        var terms = order.terms();
        return frame("TRADE_LITE")
                .put("s", terms.symbol())
                .put("q", text(order.quantity()))
                .put("p", AlgoJson.number(terms.price()))
                .put("m", fill.maker())
                .put("c", terms.clientId())
                .put("S", terms.side().name())
                .put("L", text(fill.price()))
                .put("l", text(fill.quantity()))
                .put("t", fill.id())
                .put("i", order.id());
    }

    private ObjectNode frame(String event) {
        return Json.object().put("e", event).put("E", exchange.serverMillis()).put("T", exchange.serverMillis());
    }

    /** Forced closes may show a status that is not even of an order (binance-usdm 3.4, 5.2). */
    private String status(Order order, @Nullable Fill fill) {
        var forced = order.forced();
        if (fill == null || forced == null || !exchange.settings().on(Setting.FORCED_STATUS_NOISE)) {
            return order.status().name();
        }
        return forced == ForcedClose.ADL ? "NEW_ADL" : "NEW_INSURANCE";
    }

    private ObjectNode order(Order order, Execution execution, @Nullable Fill fill) {
        var terms = order.terms();
        var json = Json.object()
                .put("s", terms.symbol())
                .put("c", terms.clientId())
                .put("S", terms.side().name())
                .put("o", terms.type().name())
                .put("f", terms.timeInForce().name())
                .put("q", text(order.quantity()))
                .put("p", AlgoJson.number(terms.price()))
                .put("ap", text(order.averagePrice()))
                .put("sp", OrderJson.stopPrice(order))
                .put("x", execution.name())
                .put("X", status(order, fill))
                .put("i", order.id())
                .put("l", text(fill == null ? BigDecimal.ZERO : fill.quantity()))
                .put("z", text(order.executed()))
                .put("L", text(fill == null ? BigDecimal.ZERO : fill.price()));
        if (fill != null) json.put("N", fill.commissionAsset()).put("n", text(fill.commission()));
        var trailing = OrderJson.trailing(order);
        if (trailing != null) {
            json.put("AP", AlgoJson.number(trailing.activation()))
                    .put("cr", AlgoJson.number(trailing.callbackPercent()));
        }
        return json.put("T", exchange.serverMillis(order.updatedAt()))
                .put("t", fill == null ? 0 : fill.id())
                .put("b", "0")
                .put("a", "0")
                .put("m", fill != null && fill.maker())
                .put("R", terms.reduceOnly())
                .put("wt", "CONTRACT_PRICE")
                .put("ot", OrderJson.origType(order))
                .put("ps", terms.positionSide().name())
                .put("cp", OrderJson.closesPosition(order))
                .put("pP", false)
                .put("si", 0)
                .put("ss", 0)
                .put("rp", text(fill == null ? BigDecimal.ZERO : fill.realized()))
                .put("V", "EXPIRE_MAKER")
                .put("pm", "NONE")
                .put("gtd", terms.goodTill())
                .put("er", Integer.toString(order.expiryReason()));
    }

    @Override
    public void accountChanged(Account account, AccountChange change) {
        var key = keys.of(account);
        if (key == null) return;
        var frame = frame("ACCOUNT_UPDATE");
        var update = frame.putObject("a").put("m", change.reason().name());
        if (change.symbol() != null) update.put("S", change.symbol());
        var balances = update.putArray("B");
        var moved = change.moved();
        for (var asset : change.assets()) {
            balances.addObject()
                    .put("a", asset)
                    .put("wb", text(account.wallet(asset)))
                    .put("cw", text(exchange.margins(account, asset).crossWallet()))
                    .put("bc", text(moved));
            moved = BigDecimal.ZERO;
        }
        if (!change.positions().isEmpty()) {
            var positions = update.putArray("P");
            for (var position : change.positions()) positions.add(position(exchange.margins(account), position));
        }
        keys.deliver(key, "ACCOUNT_UPDATE", frame);
    }

    private static ObjectNode position(Margins margins, Position position) {
        return Json.object()
                .put("s", position.symbol())
                .put("pa", text(position.amount()))
                .put("ep", text(position.entryPrice()))
                .put("bep", text(position.breakEvenPrice()))
                .put("cr", text(position.realized()))
                .put("up", text(margins.unrealized(position)))
                .put("mt", margins.isolated(position.symbol()) ? "isolated" : "cross")
                .put("iw", text(position.isolatedWallet()))
                .put("ps", position.side().name());
    }

    @Override
    public void marginCalled(Account account, List<Position> positions) {
        var key = keys.of(account);
        if (key == null) return;
        var margins = exchange.margins(
                account, exchange.prices().asset(positions.getFirst().symbol()));
        var frame = Json.object().put("e", "MARGIN_CALL").put("E", exchange.serverMillis());
        if (positions.stream().noneMatch(position -> margins.isolated(position.symbol()))) {
            frame.put("cw", text(margins.crossWallet()));
        }
        var list = frame.putArray("p");
        for (var position : positions) {
            var market = exchange.prices().market(position.symbol());
            list.addObject()
                    .put("s", position.symbol())
                    .put("ps", position.side().name())
                    .put("pa", text(position.amount()))
                    .put("mt", margins.isolated(position.symbol()) ? "ISOLATED" : "CROSSED")
                    .put("iw", text(position.isolatedWallet()))
                    .put("mp", text(market.mark()))
                    .put("up", text(margins.unrealized(position)))
                    .put("mm", text(margins.maintenance(position)));
        }
        keys.deliver(key, "MARGIN_CALL", frame);
    }

    @Override
    public void algoChanged(Account account, AlgoOrder algo) {
        var key = keys.of(account);
        if (key == null) return;
        var frame = frame("ALGO_UPDATE");
        frame.set("o", algo(algo));
        keys.deliver(key, "ALGO_UPDATE", frame);
    }

    private ObjectNode algo(AlgoOrder algo) {
        var terms = algo.terms();
        var actual = algo.actual();
        var json = Json.object()
                .put("caid", terms.clientId())
                .put("aid", algo.id())
                .put("at", "CONDITIONAL")
                .put("o", terms.type().name())
                .put("s", terms.symbol())
                .put("S", terms.side().name())
                .put("ps", terms.positionSide().name())
                .put("f", terms.timeInForce().name())
                .put("q", AlgoJson.number(terms.size().quantity()))
                .put("X", algo.status().name())
                .put("ai", actual == null ? "" : Long.toString(actual.id()));
        if (actual != null) {
            json.put("ap", text(actual.averagePrice()))
                    .put("aq", text(actual.executed()))
                    .put("act", actual.terms().type().name());
        }
        json.put("tp", AlgoJson.number(terms.trigger().price()))
                .put("p", AlgoJson.number(terms.size().limitPrice()))
                .put("V", "EXPIRE_MAKER")
                .put("wt", terms.trigger().byMark() ? "MARK_PRICE" : "CONTRACT_PRICE")
                .put("pm", "NONE")
                .put("cp", terms.size().closePosition())
                .put("pP", terms.trigger().protectedPrice())
                .put("R", terms.size().reduceOnly())
                .put("tt", algo.triggeredAt() == 0 ? 0 : exchange.serverMillis(algo.triggeredAt()))
                .put("gtd", 0);
        if (!algo.rejection().isEmpty()) json.put("rm", algo.rejection());
        if (terms.type() == OrderType.TRAILING_STOP_MARKET) {
            json.put("ia", algo.activated())
                    .put("cr", AlgoJson.number(terms.trigger().callbackPercent()));
        }
        return json;
    }

    @Override
    public void leverageChanged(Account account, String symbol, int leverage) {
        var key = keys.of(account);
        if (key == null) return;
        var frame = frame("ACCOUNT_CONFIG_UPDATE");
        frame.putObject("ac").put("s", symbol).put("l", leverage);
        keys.deliver(key, "ACCOUNT_CONFIG_UPDATE", frame);
    }

    @Override
    public void assetModeChanged(Account account) {
        var key = keys.of(account);
        if (key == null) return;
        var frame = frame("ACCOUNT_CONFIG_UPDATE");
        frame.putObject("ai").put("j", account.multiAssets());
        keys.deliver(key, "ACCOUNT_CONFIG_UPDATE", frame);
    }
}
