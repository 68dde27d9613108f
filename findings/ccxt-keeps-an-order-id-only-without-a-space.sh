#!/usr/bin/env bash
# Package: ccxt 4.5.84 (npm).
#
# Guess: an answer means the same with or without white space between its
# parts, as JSON says. ccxt keeps numbers of an answer as text, digit by
# digit, so it does that in both cases.
#
# What it does: it looks for numbers straight behind the colon. With a blank
# behind the colon, or in a list, the number becomes a JavaScript number:
# the order id 9007199254740993 turns into ...992, and 1.10 into 1.1.
#
# Why it matters: the id names another order, and a cancel of it hits that one
# or none. Whether it happens depends on how the exchange, or a proxy or a
# recorded test answer, happens to lay out its text.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init -y >npm.log
npm install --silent --no-audit --no-fund ccxt@4.5.84 >>npm.log

# The answers go through the whole request path, with a fetch function of our
# own in place of the network.
cat >t.mjs <<'J'
import { readFileSync } from 'node:fs';
import ccxt from 'ccxt';

console.log('ccxt', JSON.parse(readFileSync('node_modules/ccxt/package.json')).version);
for (const answer of [
    '{"orderId":9007199254740993,"price":1.10}',
    '{"orderId": 9007199254740993, "price": 1.10}',
    '{"orderIds":[9007199254740993]}',
]) {
    const exchange = new ccxt.binanceusdm();
    exchange.fetchImplementation = async () => new Response(answer, { status: 200 });
    exchange.FetchError = Error;
    exchange.AbortError = Error;
    console.log(answer, '->', JSON.stringify(await exchange.fapiPublicGetTime()));
}
J
seen=$(node t.mjs)

guess='{"orderId":9007199254740993,"price":1.10} -> {"orderId":"9007199254740993","price":"1.10"}
{"orderId": 9007199254740993, "price": 1.10} -> {"orderId":"9007199254740993","price":"1.10"}
{"orderIds":[9007199254740993]} -> {"orderIds":["9007199254740993"]}'
known='ccxt 4.5.84
{"orderId":9007199254740993,"price":1.10} -> {"orderId":"9007199254740993","price":"1.10"}
{"orderId": 9007199254740993, "price": 1.10} -> {"orderId":9007199254740992,"price":1.1}
{"orderIds":[9007199254740993]} -> {"orderIds":[9007199254740992]}'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
