#!/usr/bin/env bash
# Package: python-binance 1.0.37 with dateparser 1.5.0 (pip).
#
# Guess: date_to_milliseconds('2024-02'), or 'Feb 2024' as the start of
# get_historical_klines(), is the first moment of that month.
#
# What it does: it takes the day of the month from the day on which the
# program runs. Run on the 5th it is 5 February, and run on the 31st it is
# 29 February. '2024' alone takes the month of today as well.
#
# Why it matters: the same backtest loads another piece of history on every
# day, most often without the first weeks, and nothing tells.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

# freezegun lets the program believe that it is another day.
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    python-binance==1.0.37 dateparser==1.5.0 freezegun==1.5.5

cat >t.py <<'P'
from datetime import datetime, timezone
from importlib.metadata import version

from binance.helpers import date_to_milliseconds
from freezegun import freeze_time

print('python-binance', version('python-binance'), 'dateparser', version('dateparser'))
for today in ('2026-07-05', '2026-07-31'):
    for text in ('2024-02', 'Feb 2024', '2024'):
        with freeze_time(today):
            start = date_to_milliseconds(text) // 1000
        print(f'on {today}: {text} ->', datetime.fromtimestamp(start, timezone.utc).strftime('%Y-%m-%d'))
P
seen=$(venv/bin/python t.py)

guess='on any day: 2024-02 -> 2024-02-01
on any day: Feb 2024 -> 2024-02-01
on any day: 2024 -> 2024-01-01'
known='python-binance 1.0.37 dateparser 1.5.0
on 2026-07-05: 2024-02 -> 2024-02-05
on 2026-07-05: Feb 2024 -> 2024-02-05
on 2026-07-05: 2024 -> 2024-07-05
on 2026-07-31: 2024-02 -> 2024-02-29
on 2026-07-31: Feb 2024 -> 2024-02-29
on 2026-07-31: 2024 -> 2024-07-31'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
