#!/usr/bin/env bash
# Package: ccxt 4.5.84 (npm), class cryptocom.
#
# Guess: createOrder() with triggerPrice leaves the kind of trigger to the price,
# or asks for it. A sell at 49000 while the market is at 50000 is a stop, one at
# 51000 a target.
#
# What it does: it looks at the side alone. Each sell goes out as TAKE_PROFIT and
# each buy as STOP_LOSS, on whichever side of the market the trigger lies. With
# stopLossPrice instead of triggerPrice the sell is a STOP_LOSS.
#
# Why it matters: the order that was to end a loss is sent as one that waits for a
# profit. The unified API takes triggerPrice on other exchanges as it is meant.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init -y >npm.log
npm install --silent --no-audit --no-fund ccxt@4.5.84 >>npm.log

# The pair is read from an answer as the exchange sends it, and what would leave
# is looked at instead of sent, so no network is needed.
cat >t.mjs <<'J'
import { readFileSync } from "node:fs";
import ccxt from "ccxt";

const exchange = new ccxt.cryptocom({ apiKey: "k", secret: "s" });
exchange.fetchCurrencies = async () => ({});
exchange.v1PublicGetPublicGetInstruments = async () => ({
    id: 1, method: "public/get-instruments", code: 0, result: { data: [{
        symbol: "BTC_USD", inst_type: "CCY_PAIR", display_name: "BTC/USD", base_ccy: "BTC", quote_ccy: "USD",
        quote_decimals: 2, quantity_decimals: 5, price_tick_size: "0.01", qty_tick_size: "0.00001",
        max_leverage: "50", tradable: true, expiry_timestamp_ms: 0, beta_product: false,
        margin_buy_enabled: true, margin_sell_enabled: true,
    }] },
});
await exchange.loadMarkets();
console.log("ccxt", JSON.parse(readFileSync("node_modules/ccxt/package.json")).version);
let sent;
exchange.v1PrivatePostPrivateCreateOrder = async (request) => {
    sent = request;
    return { id: 2, method: "private/create-order", code: 0, result: { order_id: "1", client_oid: "1" } };
};
for (const [side, params] of [
    ["sell", { triggerPrice: 49000 }], ["sell", { triggerPrice: 51000 }], ["sell", { stopLossPrice: 49000 }],
    ["buy", { triggerPrice: 49000 }], ["buy", { triggerPrice: 51000 }],
]) {
    await exchange.createOrder("BTC/USD", "market", side, 0.001, undefined, params);
    console.log(side, JSON.stringify(params), sent.type);
}
J
seen=$(node t.mjs)

guess='ccxt 4.5.84
sell {"triggerPrice":49000} STOP_LOSS
sell {"triggerPrice":51000} TAKE_PROFIT
sell {"stopLossPrice":49000} STOP_LOSS
buy {"triggerPrice":49000} TAKE_PROFIT
buy {"triggerPrice":51000} STOP_LOSS'
known='ccxt 4.5.84
sell {"triggerPrice":49000} TAKE_PROFIT
sell {"triggerPrice":51000} TAKE_PROFIT
sell {"stopLossPrice":49000} STOP_LOSS
buy {"triggerPrice":49000} STOP_LOSS
buy {"triggerPrice":51000} STOP_LOSS'

printf 'A good guess, with the market at 50000:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
