package quantum.simulator.cryptocom;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Side;
import quantum.simulator.spot.AdvancedOrder.Draft;
import quantum.simulator.spot.AdvancedOrder.Reference;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotTerms;
import quantum.simulator.spot.SpotTerms.Handling;
import quantum.simulator.spot.SpotTerms.Patience;
import quantum.simulator.spot.SpotType;
import tools.jackson.databind.node.ObjectNode;

/** Reads the orders of a call; what is wrong about their form is refused with the code of the field. */
final class OrderReader {

    private static final String CLIENT_ID = "client_oid";
    private static final int LONGEST_CLIENT_ID = 36;
    private static final Set<String> INSTRUCTIONS =
            Set.of("POST_ONLY", "SMART_POST_ONLY", "REDUCE_ONLY", "ISOLATED_MARGIN", "MARGIN_ORDER");

    private final SpotExchange spot;

    OrderReader(SpotExchange spot) {
        this.spot = spot;
    }

    SpotType type(Params params) {
        return one(SpotType.values(), params.text("type"), Code.INVALID_ORDTYPE);
    }

    /** One order; without a client id the exchange takes the nonce, which can be the same again. */
    SpotTerms terms(Params params, Query query) {
        var market = spot.find(params.require("instrument_name"));
        if (market == null) throw new CryptoComError(Code.INVALID_INSTRUMENT);
        var side = one(Side.values(), params.text("side"), Code.INVALID_SIDE);
        var type = type(params);
        checkMargin(params);
        var quantity = params.amount("quantity", Code.UNAUTHORIZED, Code.INVALID_ORDERQTY);
        var notional = params.amount("notional", Code.ERR_INTERNAL, Code.INVALID_ORDERQTY);
        // The price of a market order is passed over, whatever it is.
        var price = type.limited() ? params.amount("price", Code.INVALID_PRICE, Code.INVALID_PRICE) : null;
        var size = quantity == null ? new SpotTerms.Size(null, notional) : SpotTerms.Size.of(quantity);
        var coin = params.text("fee_instrument_name");
        return new SpotTerms(
                clientId(params, query),
                market.instrument(),
                side,
                type,
                size,
                price,
                handling(params, type),
                coin == null ? "" : coin);
    }

    private static String clientId(Params params, Query query) {
        var given = params.text(CLIENT_ID);
        return given == null || given.isEmpty() ? nonce(query) : checked(given);
    }

    private static String nonce(Query query) {
        var nonce = query.text("nonce");
        return nonce.isEmpty() ? String.valueOf(query.id()) : nonce;
    }

    /** One of a list: as recorded, those without a client id have the nonce of their request and their number from 0. */
    static Params numbered(Params params, Query query, int number) {
        var given = params.text(CLIENT_ID);
        if (given != null && !given.isEmpty()) return params;
        var named = ((ObjectNode) params.tree().deepCopy()).put(CLIENT_ID, nonce(query) + "_" + number);
        return new Params(named, params.encoded());
    }

    private static String checked(String clientId) {
        if (clientId.length() > LONGEST_CLIENT_ID) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        return clientId;
    }

    /** The new client id of an amended order, or null. */
    static @Nullable String newClientId(Params params) {
        var given = params.text(CLIENT_ID);
        return given == null || given.isEmpty() ? null : checked(given);
    }

    private static void checkMargin(Params params) {
        var margin = params.text("spot_margin");
        if (margin == null || margin.equals("SPOT")) return;
        throw new CryptoComError(margin.equals("MARGIN") ? Code.NO_MARGIN_ACCESS : Code.ERR_INTERNAL);
    }

    private static Handling handling(Params params, SpotType type) {
        var instructions = params.words("exec_inst");
        if (!INSTRUCTIONS.containsAll(instructions)) throw new CryptoComError(Code.INVALID_EXECINST);
        var given = params.text("time_in_force");
        var patience = given == null || given.isEmpty()
                ? Patience.GOOD_TILL_CANCEL
                : one(Patience.values(), given, Code.INVALID_TIF);
        return new Handling(type.fired() == SpotType.MARKET ? Patience.GOOD_TILL_CANCEL : patience, instructions);
    }

    /** An order of an advanced call. */
    Draft draft(Params params, Query query) {
        var terms = terms(params, query);
        var level = params.amount("ref_price", Code.INVALID_REF_PRICE, Code.INVALID_REF_PRICE);
        var given = params.text("ref_price_type");
        var reference =
                given == null ? Reference.MARK_PRICE : one(Reference.values(), given, Code.INVALID_REF_PRICE_TYPE);
        return new Draft(terms, terms.type().waits() ? level : null, reference);
    }

    static <E extends Enum<E>> E one(E[] values, @Nullable String name, Code otherwise) {
        return Arrays.stream(values)
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CryptoComError(otherwise));
    }

    /** A new price or quantity, which an amendment must have. */
    static BigDecimal required(Params params, String name, Code code) {
        var amount = params.amount(name, code, code);
        if (amount == null) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        return amount;
    }
}
