#!/usr/bin/env bash
# Packages: pyarrow 26.0.1 and polars 2.1.0 (pip).
#
# Guess: a CSV column of order ids is read as whole numbers. If one of them
# doesn't fit into 64 bits with a sign, the reader takes a wider type, or text,
# or says so with an error.
#
# What it does: pyarrow takes the whole column for floats without a word, and
# rounds the other ids with it: 9007199254740993 turns into ...992. With a
# largest id that is smaller by one, the same column is read well. polars takes
# a wider whole number.
#
# Why it matters: an id that is made from a hash is above 2^63 half of the time.
# One such id in a file is enough: two other orders whose ids differ in the last
# digit alone become one.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyarrow==26.0.1 polars==2.1.0

cat >t.py <<'P'
import io
import polars
import pyarrow
import pyarrow.csv

print('pyarrow', pyarrow.__version__, 'polars', polars.__version__)
for ids in ((9007199254740993, 9223372036854775807), (9007199254740993, 9223372036854775808)):
    text = 'id\n' + ''.join(f'{i}\n' for i in ids)
    arrow = pyarrow.csv.read_csv(io.BytesIO(text.encode()))['id']
    pola = polars.read_csv(io.StringIO(text))['id']
    print(*ids, 'pyarrow:', arrow.type, *(int(i) for i in arrow.to_pylist()), 'polars:', pola.dtype, *pola)
P
seen=$(venv/bin/python t.py)

guess='9007199254740993 9223372036854775807 with all digits, from both
9007199254740993 9223372036854775808 with all digits, or an error, from both'
known='pyarrow 26.0.1 polars 2.1.0
9007199254740993 9223372036854775807 pyarrow: int64 9007199254740993 9223372036854775807 polars: Int64 9007199254740993 9223372036854775807
9007199254740993 9223372036854775808 pyarrow: double 9007199254740992 9223372036854775808 polars: Int128 9007199254740993 9223372036854775808'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
