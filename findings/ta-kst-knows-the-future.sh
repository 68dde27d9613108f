#!/usr/bin/env bash
# Package: ta 0.11.0 with pandas 3.1.1 (pip).
#
# Guess: an indicator's value at a candle is the same whether or not later
# candles are in the series already.
#
# What it does: KSTIndicator ("know sure thing") needs prices from before the
# first candle, and takes the mean of the whole series for them. So its values
# at the candles 14 to 43, with the default periods, change with what comes
# later. On the same past, a later rise makes the value at candle 20 negative
# and a later fall makes it positive.
#
# Why it matters: a backtest gets values that no live bot can have, and the
# first signals of each run are made with knowledge of where the price goes.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ta==0.11.0 pandas==3.1.1 numpy==2.4.6

cat >t.py <<'P'
from importlib.metadata import version
import pandas as pd
from ta.trend import KSTIndicator

print('ta', version('ta'))
past = [100.0 + i for i in range(60)]
for name, later in (('nothing', []), ('a rise', [500.0] * 60), ('a fall', [20.0] * 60)):
    kst = KSTIndicator(pd.Series(past + later)).kst()
    print(f'{name} comes later:', *(f'candle {i}: {kst[i]:.2f}' for i in (20, 43, 44)))
P
seen=$(venv/bin/python t.py 2>errors.log) || { cat errors.log; exit 1; }

guess='the same three values in all three lines'
known='ta 0.11.0
nothing comes later: candle 20: -58.65 candle 43: 187.97 candle 44: 194.41
a rise comes later: candle 20: -446.10 candle 43: 172.33 candle 44: 194.41
a fall comes later: candle 20: 423.52 candle 43: 207.42 candle 44: 194.41'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
