#!/usr/bin/env bash
# Package: pandas 3.1.1 (pip).
#
# Guess: pandas.Timedelta('P1M'), the ISO 8601 text for one month, is refused,
# because a month has no fixed length. Timedelta('1M') is refused with just
# these words, and so is 'P1Y', one year.
#
# What it does: 'P1M' is one minute, as if it were 'PT1M'. The T before the
# units of time isn't asked for: 'P1H' is one hour and 'P1DT1M' is a day and a
# minute.
#
# Why it matters: other software writes a monthly candle or the life of a
# contract as P1M. Read here it is a minute: 43200 times as many candles, or a
# contract that ends at once.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 numpy==2.4.6

cat >t.py <<'P'
import pandas as pd
print('pandas', pd.__version__)
for text in ('P1M', '1M', 'P1Y', 'PT1M', 'P1H'):
    try:
        print(text, '->', pd.Timedelta(text))
    except ValueError:
        print(text, '-> refused')
P
seen=$(venv/bin/python t.py)

guess='P1M -> refused
1M -> refused
P1Y -> refused
PT1M -> 0 days 00:01:00
P1H -> refused'
known='pandas 3.1.1
P1M -> 0 days 00:01:00
1M -> refused
P1Y -> refused
PT1M -> 0 days 00:01:00
P1H -> 0 days 01:00:00'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
