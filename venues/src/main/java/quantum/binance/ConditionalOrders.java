package quantum.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Told;
import quantum.json.Malformed;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Shape;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.VenueEvent.ConditionalAnswered;
import quantum.venue.VenueEvent.ConditionalCancelled;
import quantum.venue.VenueEvent.ConditionalQueried;

/** Conditional orders: the algo service, apart from the order book in every respect (binance-usdm 4). */
final class ConditionalOrders {

    private final Conversation talk;
    private final Listings listings;
    private final UserStreamAudit userAudit;

    ConditionalOrders(Conversation talk, Listings listings, UserStreamAudit userAudit) {
        this.talk = talk;
        this.listings = listings;
        this.userAudit = userAudit;
    }

    void place(Call.PlaceConditional call) {
        talk.ask(Endpoints.rest(call, talk.settings().positions()), json -> own(call.id(), json), reply -> {
            listings.learn(call.symbol(), reply);
            if (reply instanceof Told<ConditionalUpdate>(var _, long asked)) {
                userAudit.tookRest(call.symbol(), call.id(), asked);
            }
            talk.tell(new ConditionalAnswered(call.id(), reply.answer(update -> update)));
        });
    }

    void ask(Call.QueryConditional call) {
        talk.ask(
                Endpoints.rest(call),
                json -> own(call.id(), json),
                reply -> talk.tell(new ConditionalQueried(call.id(), reply.answer(update -> update))));
    }

    void cancel(Call.CancelConditional call) {
        talk.ask(
                Endpoints.cancelRest(call),
                json -> json.text("clientAlgoId"),
                reply -> talk.tell(new ConditionalCancelled(call.id(), reply.answer(_ -> call.id()))));
    }

    private static ConditionalUpdate own(ClientOrderId id, Json json) {
        ConditionalUpdate update = ofReply(json);
        if (!update.clientId().equals(id)) {
            throw new Malformed("the reply is about another conditional order");
        }
        return update;
    }

    /**
     * All open ones that rest at a level; others' trailing orders have none. What stands in the list of open orders in
     * a state that is not known rests, as the list says; what cannot be read is named and hides no other.
     */
    static List<ConditionalUpdate> all(Json json, Odd odd) {
        List<ConditionalUpdate> rests = new ArrayList<>();
        for (Json element : json.elements()) {
            try {
                if (element.optionalPrice("triggerPrice") != null) {
                    String state = element.text("algoStatus");
                    Status status = known(state);
                    if (status == null) {
                        odd.tell(
                                "state " + state + " of a conditional order",
                                "taken for one that rests: " + name(element));
                    }
                    rests.add(of(element, status == null ? Status.NEW : status));
                }
            } catch (Malformed | IllegalArgumentException e) {
                odd.tell("conditional order " + name(element), String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(rests);
    }

    private static String name(Json element) {
        return element.words("clientAlgoId") + " in " + element.words("symbol");
    }

    /** An element of the algo endpoints (binance-usdm 4.4). */
    private static ConditionalUpdate ofReply(Json json) {
        return of(json, status(json.text("algoStatus")));
    }

    private static ConditionalUpdate of(Json json, Status status) {
        OrderId algoId = json.id("algoId");
        return new ConditionalUpdate(
                json.symbol("symbol"),
                json.clientId("clientAlgoId", algoId),
                algoId.value(),
                status,
                json.price("triggerPrice"),
                triggered(json.optionalText("actualOrderId")),
                null,
                shape(json, "side", "positionSide", "orderType", "closePosition", "quantity"));
    }

    /** Null where one of the fields is absent. An order of the whole position tells no quantity, or zero. */
    private static @Nullable Shape shape(
            Json json, String side, String position, String type, String whole, String quantity) {
        String kind = json.optionalText(type);
        if (kind == null || !json.has(side) || !json.has(position) || !json.has(whole)) {
            return null;
        }
        BigDecimal size = json.flag(whole) ? null : json.optionalDecimal(quantity);
        if (size == null ? !json.flag(whole) : size.signum() <= 0) {
            return null;
        }
        Call.Level level =
                kind.startsWith("STOP") ? Call.Level.STOP : kind.startsWith("TAKE_PROFIT") ? Call.Level.TARGET : null;
        return new Shape(json.side(side), json.position(position), level, size == null ? null : new Quantity(size));
    }

    /** The conditional order inside an ALGO_UPDATE; null if it rests at no level (binance-usdm 5.4). */
    static @Nullable ConditionalUpdate ofEvent(Json event) {
        Json json = event.object("o");
        Price trigger = json.optionalPrice("tp");
        if (trigger == null) {
            return null;
        }
        OrderId algoId = json.id("aid");
        Status status = status(json.text("X"));
        // On other states the field carries leftovers (binance-usdm 5.4).
        boolean refused = status == Status.REJECTED || status == Status.EXPIRED;
        return new ConditionalUpdate(
                json.symbol("s"),
                json.clientId("caid", algoId),
                algoId.value(),
                status,
                trigger,
                triggered(json.optionalText("ai")),
                refused ? json.optionalText("rm") : null,
                shape(json, "S", "ps", "o", "cp", "q"));
    }

    private static @Nullable OrderId triggered(@Nullable String orderId) {
        return orderId == null || orderId.equals("0") ? null : new OrderId(orderId);
    }

    private static Status status(String text) {
        Status status = known(text);
        if (status == null) {
            throw new Malformed("unknown state of a conditional order: " + text);
        }
        return status;
    }

    private static @Nullable Status known(String text) {
        return switch (text) {
            case "NEW" -> Status.NEW;
            case "TRIGGERING" -> Status.TRIGGERING;
            case "TRIGGERED" -> Status.TRIGGERED;
            case "FINISHED" -> Status.FINISHED;
            case "CANCELED" -> Status.CANCELED;
            case "EXPIRED" -> Status.EXPIRED;
            case "REJECTED" -> Status.REJECTED;
            default -> null;
        };
    }
}
