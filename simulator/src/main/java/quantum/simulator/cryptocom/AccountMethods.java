package quantum.simulator.cryptocom;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeSet;
import quantum.simulator.Json;
import quantum.simulator.cryptocom.wire.BalanceJson;
import quantum.simulator.cryptocom.wire.Wire;
import quantum.simulator.spot.SpotExchange;
import tools.jackson.databind.JsonNode;

/** What an account has, what it pays, and the coins' networks, which clients ask for at their start. */
final class AccountMethods {

    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);

    private final SpotExchange spot;
    private final BalanceJson json;

    AccountMethods(SpotExchange spot, BalanceJson json) {
        this.spot = spot;
        this.json = json;
    }

    void addTo(Map<String, Method> methods) {
        var limit = Method.Limit.OTHER;
        methods.put("private/user-balance", Method.read(limit, this::balance));
        methods.put("private/get-fee-rate", Method.read(limit, this::feeRate));
        methods.put("private/get-instrument-fee-rate", Method.read(limit, this::instrumentFeeRate));
        methods.put("private/get-currency-networks", Method.read(limit, this::networks));
    }

    private JsonNode balance(Call call) {
        var answer = Json.object();
        var balances = spot.balances(call.account(), call.staleNanos());
        answer.putArray("data").add(json.of(balances).put("terminatable", false));
        return answer;
    }

    private static String points(BigDecimal share) {
        return Wire.text(share.multiply(BASIS_POINTS).stripTrailingZeros());
    }

    private JsonNode feeRate(Call call) {
        var fees = call.account().fees();
        return Json.object()
                .put("spot_tier", "1")
                .put("deriv_tier", "1")
                .put("effective_spot_maker_rate_bps", points(fees.maker()))
                .put("effective_spot_taker_rate_bps", points(fees.taker()))
                .put("effective_deriv_maker_rate_bps", "3")
                .put("effective_deriv_taker_rate_bps", "6");
    }

    private JsonNode instrumentFeeRate(Call call) {
        if (call.query().given() == null) throw new CryptoComError(Code.OLD_BAD_REQUEST);
        var symbol = call.params().text("instrument_name");
        if (symbol == null || spot.find(symbol) == null) throw new CryptoComError(Code.INVALID_INSTRUMENT);
        var fees = call.account().fees(symbol);
        return Json.object()
                .put("instrument_name", symbol)
                .put("effective_maker_rate_bps", points(fees.maker()))
                .put("effective_taker_rate_bps", points(fees.taker()));
    }

    private JsonNode networks(Call call) {
        var coins = new TreeSet<String>();
        for (var market : spot.markets().all()) {
            coins.add(market.instrument().base());
            coins.add(market.instrument().quote());
        }
        var answer = Json.object().put("update_time", spot.simulator().serverMillis());
        var map = answer.putObject("currency_map");
        for (var coin : coins) {
            var entry = map.putObject(coin).put("full_name", coin).put("default_network", coin);
            entry.putArray("network_list")
                    .addObject()
                    .put("network_id", coin)
                    .put("withdrawal_fee", "0.001")
                    .put("withdraw_enabled", true)
                    .put("min_withdrawal_amount", "0.01")
                    .put("deposit_enabled", true)
                    .put("confirmation_required", 1);
        }
        return answer;
    }
}
