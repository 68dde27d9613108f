#!/usr/bin/env bash
# Package: quantstats 0.0.86 with pandas 3.1.1 (pip).
#
# Guess: four daily returns of +50 %, +95 %, +20 % and +10 % have a best day of
# 95 % and a win rate of 100 %. With +150 % in place of the +95 % the best day
# is 150 %, and all days are still won.
#
# What it does: a series without a loss that has a value above 1 is taken for
# prices. It then computes the returns of the returns: the best day becomes
# 200 % and the win rate a third. comp() still takes the same series as returns,
# so one report mixes both.
#
# Why it matters: days above +100 % are rare for a stock, but not for the return
# on margin of a leveraged future, or for a strategy that is judged by trade.
# One winning trade too good turns the whole report into nonsense.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check quantstats==0.0.86 pandas==3.1.1 numpy==2.4.6

cat >t.py <<'P'
from importlib.metadata import version
import pandas as pd
from quantstats import stats

print('quantstats', version('quantstats'))
days = pd.date_range('2024-01-01', periods=4)
for returns in ([0.5, 0.95, 0.2, 0.1], [0.5, 1.5, 0.2, 0.1]):
    series = pd.Series(returns, index=days)
    print(f'{returns}: best {stats.best(series):.2f}, win rate {stats.win_rate(series):.2f}, '
          f'comp {stats.comp(series):.3f}')
P
seen=$(venv/bin/python t.py 2>errors.log) || { cat errors.log; exit 1; }

guess='[0.5, 0.95, 0.2, 0.1]: best 0.95, win rate 1.00, comp 2.861
[0.5, 1.5, 0.2, 0.1]: best 1.50, win rate 1.00, comp 3.950'
known='quantstats 0.0.86
[0.5, 0.95, 0.2, 0.1]: best 0.95, win rate 1.00, comp 2.861
[0.5, 1.5, 0.2, 0.1]: best 2.00, win rate 0.33, comp 3.950'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
