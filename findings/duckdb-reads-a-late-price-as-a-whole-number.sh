#!/usr/bin/env bash
# Package: duckdb 2.0.1 (pip).
#
# Guess: reading a CSV file of prices whose first rows happen to hold whole
# numbers gives every price as it is written in the file. If the reader has
# taken the column for whole numbers by mistake, it says so with an error.
#
# What it does: it looks at about the first 20 thousand rows, takes the column
# for BIGINT, and rounds every later price to a whole number without a word:
# 99.99 becomes 100 and 0.4 becomes 0. With fewer whole rows before it the same
# price is read well.
#
# Why it matters: a coin whose price was whole for the first hours of a day, or
# a file of trades sorted by size, is read with wrong prices, and a test on a
# short piece of the file shows nothing.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.1

cat >t.py <<'P'
import duckdb
print('duckdb', duckdb.__version__)
for whole in (1000, 30000):
    for price in ('99.99', '0.4'):
        with open('trades.csv', 'w') as out:
            out.write('id,price\n')
            out.writelines(f'{i},100\n' for i in range(whole))
            out.write(f'{whole},{price}\n')
        ((read,),) = duckdb.sql(f"select price from 'trades.csv' where id = {whole}").fetchall()
        print(f'{price} behind {whole} whole prices -> {read}')
P
seen=$(venv/bin/python t.py)

guess='99.99 behind 1000 whole prices -> 99.99
0.4 behind 1000 whole prices -> 0.4
99.99 behind 30000 whole prices -> 99.99, or an error
0.4 behind 30000 whole prices -> 0.4, or an error'
known='duckdb 2.0.1
99.99 behind 1000 whole prices -> 99.99
0.4 behind 1000 whole prices -> 0.4
99.99 behind 30000 whole prices -> 100
0.4 behind 30000 whole prices -> 0'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
