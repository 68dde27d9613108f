#!/usr/bin/env bash
# Package: ccxt 4.5.84 (npm), class cryptocom.
#
# Guess: cancelOrders() of two ids gives two results, and says of the one that the
# exchange refused to cancel that it was refused.
#
# What it does: it leaves the refused one out. Of two ids one result comes back,
# without an id, and if both are refused the list is empty. Nothing is thrown.
#
# Why it matters: a cancel that was refused may mean that the order was just
# executed. The caller cannot tell which of its orders that is.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init -y >npm.log
npm install --silent --no-audit --no-fund ccxt@4.5.84 >>npm.log

# Both answers are in the form that the exchange documents for a list of orders,
# so no network is needed.
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
const ids = ["5755600460443882762", "5755600460443882763"];
const done = { index: 0, code: 0 };
const refused = (index) => ({ index, code: 212, message: "INVALID_ORDERID" });
for (const [words, result] of [["one refused", [done, refused(1)]], ["both refused", [refused(0), refused(1)]]]) {
    exchange.v1PrivatePostPrivateCancelOrderList = async () => ({
        id: 2, method: "private/cancel-order-list", code: 0, result,
    });
    const orders = await exchange.cancelOrders(ids, "BTC/USD");
    console.log(words + ":", orders.length, "of 2, ids", JSON.stringify(orders.map((order) => order.id ?? null)));
}
J
seen=$(node t.mjs)

guess='ccxt 4.5.84
one refused: 2 of 2, ids ["5755600460443882762","5755600460443882763"]
both refused: an error, or 2 of 2'
known='ccxt 4.5.84
one refused: 1 of 2, ids [null]
both refused: 0 of 2, ids []'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
