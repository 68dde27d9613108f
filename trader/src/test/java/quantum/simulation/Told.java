package quantum.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceRequest.Method;
import quantum.guard.Limits;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.record.Notice;
import quantum.rules.Rules;

/** What several mutants do to what is told, asked or heard. */
final class Told {

    private Told() {}

    static boolean isLost(BinanceInput input) {
        return input instanceof BinanceInput.Failed failed && !failed.unsent();
    }

    static boolean asksForOrder(Http http) {
        return http.method() == Method.GET && http.path().equals("/fapi/v1/order");
    }

    static Map<String, String> without(Map<String, String> fields, String gone, String name, String value) {
        Map<String, String> changed = new HashMap<>(fields);
        changed.remove(gone);
        changed.put(name, value);
        changed.put("reason", "take_profit");
        return changed;
    }

    static List<Notice> early(Notice notice) {
        if (notice instanceof Notice.Reported(Report.PendingFill pending, String id)) {
            Fill fill = new Fill(Price.of("1"), Quantity.of("1"), null);
            OrderId order = pending.orderId() == null ? new OrderId("1") : pending.orderId();
            return List.of(new Notice.Reported(
                    new Report.Filled(
                            pending.subject(),
                            new Report.Orders(pending.clientId(), order, null, null),
                            fill,
                            new Report.Extras(null, null, null)),
                    id));
        }
        return List.of(notice);
    }

    static Notice withoutFunding(Notice notice) {
        if (!(notice instanceof Notice.TradeClosed(Closed closed, String epoch))
                || closed.result().funding() == null) {
            return notice;
        }
        Closed.Result told = closed.result();
        Closed.Result result = new Closed.Result(
                Objects.requireNonNull(told.pnl()).subtract(told.funding()),
                told.pnlPercent(),
                told.fees(),
                BigDecimal.ZERO,
                told.asset(),
                told.feesByAsset());
        return new Notice.TradeClosed(
                new Closed(
                        closed.symbol(),
                        closed.direction(),
                        closed.entryPrice(),
                        closed.exitPrice(),
                        closed.quantity(),
                        result,
                        closed.reason(),
                        closed.openedAt(),
                        closed.closedAt(),
                        closed.intentId(),
                        closed.orderIds()),
                epoch);
    }

    static String emptied(String text) {
        return text.contains("\"EXPIRED\"")
                ? text.replaceAll("\"(executedQty|cumQty|z)\":\"[0-9.]+\"", "\"$1\":\"0\"")
                : text;
    }

    /** What the exchange would say if it had placed the conditional order. */
    static String placed(String query) {
        return "{\"algoId\":1,\"clientAlgoId\":\"" + param(query, "clientAlgoId") + "\",\"symbol\":\""
                + param(query, "symbol") + "\",\"algoStatus\":\"NEW\",\"triggerPrice\":\""
                + param(query, "triggerPrice") + "\"}";
    }

    static boolean isNotFound(BinanceInput input) {
        return input instanceof BinanceInput.Replied replied && replied.body().contains("-2013");
    }

    /** What the exchange says of an order that was cancelled before anything was executed. */
    static String cancelled(String query) {
        String id = param(query, "origClientOrderId");
        return "{\"symbol\":\"" + param(query, "symbol") + "\",\"clientOrderId\":\"" + id + "\",\"orderId\":"
                + Integer.toUnsignedString(id.hashCode())
                + ",\"side\":\"BUY\",\"status\":\"CANCELED\",\"executedQty\":\"0\",\"updateTime\":1}";
    }

    private static String param(String query, String name) {
        String text = query.substring(query.indexOf(name + "=") + name.length() + 1);
        return text.contains("&") ? text.substring(0, text.indexOf('&')) : text;
    }

    static Rules rates(Rules rules, UnaryOperator<Limits.Rates> change) {
        Limits l = rules.limits();
        return rules.withLimits(
                new Limits(change.apply(l.rates()), l.margin(), l.exposure(), l.openMaxAge(), l.priceMaxAge()));
    }

    static Rules margin(Rules rules, UnaryOperator<Limits.MarginLimits> change) {
        Limits l = rules.limits();
        return rules.withLimits(
                new Limits(l.rates(), change.apply(l.margin()), l.exposure(), l.openMaxAge(), l.priceMaxAge()));
    }

    static Rules exposure(Rules rules, UnaryOperator<Limits.Exposure> change) {
        Limits l = rules.limits();
        return rules.withLimits(
                new Limits(l.rates(), l.margin(), change.apply(l.exposure()), l.openMaxAge(), l.priceMaxAge()));
    }

    static Rules absence(Rules rules, Duration absence) {
        Rules.Reading r = rules.reading();
        return new Rules(
                rules.limits(),
                rules.exits(),
                rules.confirmation(),
                rules.guarding(),
                new Rules.Reading(r.bootstrap(), r.rests(), r.account(), absence),
                rules.positions(),
                rules.existing(),
                rules.observe());
    }

    /** A list without the elements of a symbol. */
    static String without(String list, String symbol) {
        return list.startsWith("[")
                ? list.replaceAll("\\{[^{}]*\"" + symbol + "\"[^{}]*\\},?", "").replace(",]", "]")
                : list;
    }

    static boolean readsSetUp(Http http) {
        return http.path().endsWith("/symbolConfig") && http.query().contains("symbol=");
    }

    static boolean laysByQuantity(Http http) {
        return http.method() == Method.POST
                && http.path().equals("/fapi/v1/algoOrder")
                && http.query().contains("clientAlgoId=qs-")
                && http.query().contains("quantity=");
    }

    static boolean laysBridge(Http http) {
        return http.method() == Method.POST
                && http.path().equals("/fapi/v1/algoOrder")
                && http.query().contains("clientAlgoId=qb-");
    }

    static Rules ages(Rules rules, Duration open, Duration price) {
        Limits l = rules.limits();
        return rules.withLimits(new Limits(l.rates(), l.margin(), l.exposure(), open, price));
    }
}
