package quantum.binance;

import java.math.BigDecimal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.json.Malformed;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent.AmountTold;
import quantum.venue.VenueEvent.ConditionalChanged;
import quantum.venue.VenueEvent.FundingSettled;
import quantum.venue.VenueEvent.Halt;
import quantum.venue.VenueEvent.MarginCalled;
import quantum.venue.VenueEvent.OpensHalted;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.TriggerRefused;

/**
 * The account's own events (binance-usdm 5). Those of executions are told with price and, when every trade of the order
 * passed by, with the fee; what is unknown is counted and passed over.
 */
final class UserEvents {

    /** The exchange's code for isolated margin, which every open needs, in multi-assets mode. */
    private static final int MULTI_ASSETS = -4168;

    private final Conversation talk;
    private final MarketOrders orders;
    private final Leverages leverages;
    private final OrderTrades orderTrades;
    private final UserStreamAudit userAudit;
    private final Consumer<@Nullable String> keyExpired;

    UserEvents(
            Conversation talk,
            MarketOrders orders,
            Leverages leverages,
            OrderTrades orderTrades,
            UserStreamAudit userAudit,
            Consumer<@Nullable String> keyExpired) {
        this.talk = talk;
        this.orders = orders;
        this.leverages = leverages;
        this.orderTrades = orderTrades;
        this.userAudit = userAudit;
        this.keyExpired = keyExpired;
    }

    void frame(Json event) {
        String kind = event.optionalText("e");
        if (kind != null && event.node().get("o") != null) {
            userAudit.heard(kind, new Json(event.node().get("o")).optionalText("s"));
        }
        switch (kind == null ? "" : kind) {
            case "ORDER_TRADE_UPDATE" -> orderChanged(event);
            case "ALGO_UPDATE" -> restChanged(event);
            case "ACCOUNT_CONFIG_UPDATE" -> configChanged(event);
            case "listenKeyExpired" -> keyExpired.accept(event.optionalText("listenKey"));
            // Positions are read as a whole; here they prove that the stream tells what happens, and when to read them.
            case "ACCOUNT_UPDATE" -> accountChanged(event);
            case "MARGIN_CALL" -> event.list("p").forEach(this::marginCalled);
            case "CONDITIONAL_ORDER_TRIGGER_REJECT" -> triggerRefused(event.object("or"));
            // Each execution comes with an event of its order as well.
            case "TRADE_LITE" -> {}
            default -> talk.odd("event " + kind, "no such event is known");
        }
    }

    /** Of money, only that funding was settled, and in which symbol: since August 2026 it is named (binance-usdm 5.3). */
    private void accountChanged(Json event) {
        userAudit.told(event);
        Json account = event.object("a");
        if (account.has("P")) {
            account.list("P").forEach(this::amountTold);
        }
        if ("FUNDING_FEE".equals(account.optionalText("m")) && account.has("S")) {
            talk.tell(new FundingSettled(account.symbol("S"), event.time("T")));
        }
    }

    /** One row that cannot be read is odd alone. */
    private void amountTold(Json position) {
        try {
            talk.tell(new AmountTold(position.symbol("s"), position.position("ps"), position.decimal("pa")));
        } catch (Malformed | IllegalArgumentException e) {
            talk.odd("position of ACCOUNT_UPDATE", String.valueOf(e.getMessage()));
        }
    }

    private void orderChanged(Json event) {
        OrderReport report = OrderReport.ofEvent(event);
        Execution execution = Execution.ofEvent(event);
        if (execution != null) {
            orderTrades.add(execution);
        }
        OrderUpdate update = report.update(orderTrades.fee(report.symbol(), report.orderId(), report.executed()));
        if (update == null) {
            update = fromTrades(report);
        }
        if (update == null) {
            orders.findPrice(report.symbol(), report.orderId());
        } else {
            talk.tell(new OrderChanged(update));
        }
    }

    private @Nullable OrderUpdate fromTrades(OrderReport report) {
        OrderTrades.Sum sum = orderTrades.of(report.symbol(), report.orderId());
        boolean isWhole = sum != null && sum.quantity().compareTo(report.executed()) == 0;
        return sum != null && isWhole ? report.with(sum.quantity(), sum.mean(), sum.fee()) : null;
    }

    private void restChanged(Json event) {
        ConditionalUpdate update = ConditionalOrders.ofEvent(event);
        if (update != null) {
            userAudit.told(update);
            talk.tell(new ConditionalChanged(update));
        }
    }

    /** An alarm is not lost for a figure that cannot be read, nor one position's for another's. */
    private void marginCalled(Json position) {
        try {
            BigDecimal amount = position.optionalDecimal("pa");
            BigDecimal mark = position.optionalDecimal("mp");
            talk.tell(new MarginCalled(
                    position.symbol("s"),
                    direction(position.optionalText("ps"), amount),
                    amount == null ? null : amount.abs(),
                    mark == null || mark.signum() <= 0 ? null : new Price(mark),
                    position.optionalDecimal("mm")));
        } catch (Malformed | IllegalArgumentException e) {
            talk.odd("position of MARGIN_CALL", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Direction direction(@Nullable String named, @Nullable BigDecimal amount) {
        if (named != null && !named.equals("BOTH")) {
            return Direction.valueOf(named);
        }
        return amount == null || amount.signum() == 0 ? null : amount.signum() > 0 ? Direction.LONG : Direction.SHORT;
    }

    private void triggerRefused(Json order) {
        String why = order.optionalText("r");
        talk.tell(new TriggerRefused(order.symbol("s"), why == null ? "no reason is told" : why));
    }

    private void configChanged(Json event) {
        if (event.has("ai") && event.object("ai").flag("j")) {
            talk.tell(new OpensHalted(Halt.CONFIGURATION, MULTI_ASSETS, "multi-assets mode was switched on", null));
        }
        if (event.has("ac")) {
            Json config = event.object("ac");
            leverages.changed(config.symbol("s"), Math.toIntExact(config.integer("l")));
        }
    }
}
