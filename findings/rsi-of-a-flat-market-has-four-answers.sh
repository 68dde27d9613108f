#!/usr/bin/env bash
# Packages: TA-Lib 0.8.2, ta 0.11.0, stockstats 0.6.10, finta 1.3 (pip), and
# technicalindicators 3.1.0 (npm).
#
# Guess: the relative strength index (RSI) of a price that doesn't move is the
# same in all of them: 50, neither strong nor weak, or no value at all.
#
# What it does: TA-Lib says 0, the strongest "oversold" there is. ta and
# technicalindicators say 100, the strongest "overbought". stockstats says 50,
# and finta gives no value.
#
# Why it matters: prices stand still in a halted market, on a weekend, or in
# one-second candles of a thin coin. The same rule, "buy below 30, sell above
# 70", buys with one library and sells with the other.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init -y >npm.log
npm install --silent --no-audit --no-fund technicalindicators@3.1.0 >>npm.log
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    TA-Lib==0.8.2 ta==0.11.0 stockstats==0.6.10 finta==1.3 pandas==3.1.1 numpy==2.4.6

cat >t.py <<'P'
from importlib.metadata import version
import pandas as pd
import stockstats
import ta
import talib
from finta import TA

flat = pd.Series([5.0] * 30)
candles = pd.DataFrame(dict(open=flat, high=flat, low=flat, close=flat, volume=flat))
print('TA-Lib', version('TA-Lib'), talib.RSI(flat.to_numpy(), 14)[-1])
print('ta', version('ta'), ta.momentum.RSIIndicator(flat, 14).rsi().iloc[-1])
print('stockstats', version('stockstats'), stockstats.wrap(candles.copy())['rsi_14'].iloc[-1])
print('finta', version('finta'), TA.RSI(candles, 14).iloc[-1])
P
cat >t.cjs <<'J'
const { RSI } = require('technicalindicators');
console.log('technicalindicators', require('technicalindicators/package.json').version,
    RSI.calculate({ period: 14, values: Array(30).fill(5) }).at(-1));
J
seen=$(venv/bin/python t.py 2>errors.log && node t.cjs) || { cat errors.log; exit 1; }

guess='50 or no value, from all of them'
known='TA-Lib 0.8.2 0.0
ta 0.11.0 100.0
stockstats 0.6.10 50.0
finta 1.3 nan
technicalindicators 3.1.0 100'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
