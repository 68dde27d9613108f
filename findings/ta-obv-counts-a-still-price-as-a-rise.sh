#!/usr/bin/env bash
# Package: ta 0.11.0 and TA-Lib 0.8.2 (pip).
#
# Guess: on-balance volume adds the volume of a candle that closed higher,
# takes away that of one that closed lower, and leaves a candle with an
# unchanged close out.
#
# What it does: TA-Lib does so. ta adds the volume of an unchanged close, as if
# the price had risen. On a still price its line climbs with every candle.
#
# Why it matters: on one-second or one-minute candles of a thin coin most
# closes are unchanged. There ta shows steady buying that does not exist, and
# TA-Lib, on the same candles, shows none.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    ta==0.11.0 TA-Lib==0.8.2 pandas==3.1.1 numpy==2.4.6

cat >t.py <<'P'
from importlib.metadata import version
import pandas as pd
import talib
from ta.volume import OnBalanceVolumeIndicator

print('ta', version('ta'), 'TA-Lib', version('TA-Lib'))
close = pd.Series([10.0, 10, 10, 10, 9])
volume = pd.Series([1.0, 2, 3, 4, 5])
print('ta:', *OnBalanceVolumeIndicator(close, volume).on_balance_volume())
print('TA-Lib:', *talib.OBV(close.to_numpy(), volume.to_numpy()))
P
seen=$(venv/bin/python t.py 2>errors.log) || { cat errors.log; exit 1; }

guess='1.0 1.0 1.0 1.0 -4.0 from both'
known='ta 0.11.0 TA-Lib 0.8.2
ta: 1.0 3.0 6.0 10.0 5.0
TA-Lib: 1.0 1.0 1.0 1.0 -4.0'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
