#!/usr/bin/env bash
# Package: binance 3.6.5 (npm).
#
# Guess: roundToTickSize() and roundToStepSize() leave a price or a quantity
# alone that is a multiple of the tick already: 0.3 with a tick of 0.1 is 0.3.
#
# What it does: 0.3 becomes 0.2, 4.35 with a tick of 0.01 becomes 4.34, and
# 0.57 becomes 0.56, while 1.1 stays. It divides by the tick and cuts off, and
# the quotient of two such doubles is often a hair below the whole number. Of
# the prices 0.01, 0.02 and so on up to 10.00 it moves one in eight.
#
# Why it matters: an order that was right before goes out one tick lower, or
# for one step less. A close order of the whole position by this helper leaves
# one step of it open.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init -y >npm.log
npm install --silent --no-audit --no-fund binance@3.6.5 >>npm.log

cat >t.cjs <<'J'
const { readFileSync } = require('node:fs');
const { roundToTickSize, roundToStepSize } = require('binance');
console.log('binance', JSON.parse(readFileSync('node_modules/binance/package.json')).version);
for (const [x, tick] of [[0.3, '0.1'], [4.35, '0.01'], [0.57, '0.01'], [1.1, '0.1']])
    console.log(x, 'tick', tick, '-> price', roundToTickSize(x, tick), 'quantity', roundToStepSize(x, tick));
let moved = 0;
for (let cents = 1; cents <= 1000; cents++)
    if (roundToTickSize(cents / 100, '0.01') !== cents / 100)
        moved++;
console.log('of the prices 0.01 to 10.00 it moved', moved);
J
seen=$(node t.cjs)

guess='0.3 tick 0.1 -> price 0.3 quantity 0.3
4.35 tick 0.01 -> price 4.35 quantity 4.35
0.57 tick 0.01 -> price 0.57 quantity 0.57
1.1 tick 0.1 -> price 1.1 quantity 1.1
of the prices 0.01 to 10.00 it moved 0'
known='binance 3.6.5
0.3 tick 0.1 -> price 0.2 quantity 0.2
4.35 tick 0.01 -> price 4.34 quantity 4.34
0.57 tick 0.01 -> price 0.56 quantity 0.56
1.1 tick 0.1 -> price 1.1 quantity 1.1
of the prices 0.01 to 10.00 it moved 125'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
