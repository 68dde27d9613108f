#!/usr/bin/env bash
# Package: ccxt 4.5.84, the one for JavaScript (npm) and the one for Python (pip).
#
# Guess: decimalToPrecision(x, ROUND, tick, TICK_SIZE) gives the multiple of
# the tick that is nearest to x, below zero as well, and in both languages.
#
# What it does: in JavaScript a number below zero goes to the next multiple
# away from zero, however near the other one is: -100.1 with a tick of 1
# gives -101, and -0.001 with a tick of 0.01 gives -0.01. Above zero it
# rounds to the nearest. The Python package of the same version rounds to the
# nearest on both sides.
#
# Why it matters: spreads, funding payments, calendar differences and profits
# are below zero half of the time. Rounded here they are each up to one tick
# too low, never too high, so the error doesn't average out, and the same bot
# in the other language gets other numbers.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init -y >npm.log
npm install --silent --no-audit --no-fund ccxt@4.5.84 >>npm.log
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ccxt==4.5.84

cat >t.mjs <<'J'
import { readFileSync } from 'node:fs';
import ccxt from 'ccxt';
console.log('JavaScript ccxt', JSON.parse(readFileSync('node_modules/ccxt/package.json')).version);
for (const [x, tick] of [['100.1', 1], ['-100.1', 1], ['-100.9', 1], ['-0.001', 0.01], ['-12.1', 5]])
    console.log(x, 'tick', tick, '->', ccxt.decimalToPrecision(x, ccxt.ROUND, tick, ccxt.TICK_SIZE));
J
cat >t.py <<'P'
import ccxt
from ccxt.base.decimal_to_precision import ROUND, TICK_SIZE, decimal_to_precision
print('Python ccxt', ccxt.__version__)
for x, tick in [('100.1', 1), ('-100.1', 1), ('-100.9', 1), ('-0.001', 0.01), ('-12.1', 5)]:
    print(x, 'tick', tick, '->', decimal_to_precision(x, ROUND, tick, TICK_SIZE))
P
seen=$(node t.mjs; venv/bin/python t.py)

guess='100.1 tick 1 -> 100
-100.1 tick 1 -> -100
-100.9 tick 1 -> -101
-0.001 tick 0.01 -> 0
-12.1 tick 5 -> -10'
known='JavaScript ccxt 4.5.84
100.1 tick 1 -> 100
-100.1 tick 1 -> -101
-100.9 tick 1 -> -101
-0.001 tick 0.01 -> -0.01
-12.1 tick 5 -> -15
Python ccxt 4.5.84
100.1 tick 1 -> 100
-100.1 tick 1 -> -100
-100.9 tick 1 -> -101
-0.001 tick 0.01 -> 0
-12.1 tick 5 -> -10'

printf 'A good guess, in both languages:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
