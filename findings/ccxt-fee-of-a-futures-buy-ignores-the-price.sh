#!/usr/bin/env bash
# Package: ccxt 4.5.84 (npm).
#
# Guess: calculateFee() on a USDT-margined Binance future gives the same fee
# for a buy as for a sell: 2 BTC at 50000 USDT and a rate of 0.0005 cost 50 USDT.
#
# What it does: the sell costs 50 USDT, as guessed. The buy costs 0.001, and
# the currency beside it still says USDT. It left the price out: for a buy it
# takes the fee in the coin that one gets, as on the spot market, and then
# names the settle currency of the future.
#
# Why it matters: on a future nothing but the margin currency is ever paid.
# Whoever takes the fee of a buy from here plans with a fee of almost zero and
# sees a profit where there is a loss.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init -y >npm.log
npm install --silent --no-audit --no-fund ccxt@4.5.84 >>npm.log

# The market is read from an exchangeInfo answer as Binance sends it, so no
# network is needed.
cat >t.mjs <<'J'
import { readFileSync } from 'node:fs';
import ccxt from 'ccxt';

const exchange = new ccxt.binanceusdm({ options: { fetchMarkets: { types: ['linear'] } } });
exchange.fapiPublicGetExchangeInfo = async () => ({
    symbols: [{
        symbol: 'BTCUSDT', pair: 'BTCUSDT', contractType: 'PERPETUAL', status: 'TRADING',
        deliveryDate: 4133404800000, onboardDate: 1569398400000,
        baseAsset: 'BTC', quoteAsset: 'USDT', marginAsset: 'USDT',
        pricePrecision: 2, quantityPrecision: 3, baseAssetPrecision: 8, quotePrecision: 8,
        orderTypes: ['LIMIT', 'MARKET'], timeInForce: ['GTC'],
        filters: [
            { filterType: 'PRICE_FILTER', minPrice: '556.80', maxPrice: '4529764', tickSize: '0.10' },
            { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '1000', stepSize: '0.001' },
        ],
    }],
});
await exchange.loadMarkets();
console.log('ccxt', JSON.parse(readFileSync('node_modules/ccxt/package.json')).version);
for (const side of ['sell', 'buy']) {
    const fee = exchange.calculateFee('BTC/USDT:USDT', 'limit', side, 2, 50000, 'taker');
    console.log(side, fee.rate, fee.cost, fee.currency);
}
J
seen=$(node t.mjs)

guess='ccxt 4.5.84
sell 0.0005 50 USDT
buy 0.0005 50 USDT'
known='ccxt 4.5.84
sell 0.0005 50 USDT
buy 0.0005 0.001 USDT'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
