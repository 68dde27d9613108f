#!/usr/bin/env bash
# Package: technicalindicators 3.1.0 (npm).
#
# Guess: Highest gives the highest of the last N values, and the highest of
# -3 and -2 is -2.
#
# What it does: as long as no value above zero or equal to it has come in, it
# gives 0, a value that never was there. Lowest gives the right values for the
# same input. After a single value above zero, Highest is right too, so a
# mixed test series passes.
#
# Why it matters: funding rates, spreads and the basis between a future and
# its index stay below zero for days. A breakout rule "above the highest of
# the last N" then waits for zero, and never trades.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init -y >npm.log
npm install --silent --no-audit --no-fund technicalindicators@3.1.0 >>npm.log

cat >t.cjs <<'J'
const { Highest, Lowest } = require('technicalindicators');
console.log('technicalindicators', require('technicalindicators/package.json').version);
for (const values of [[-3, -2, -5, -4], [1, -2, -5, -4]])
    console.log(JSON.stringify(values),
        'highest of 2', JSON.stringify(Highest.calculate({ period: 2, values })),
        'lowest of 2', JSON.stringify(Lowest.calculate({ period: 2, values })));
J
seen=$(node t.cjs)

guess='[-3,-2,-5,-4] highest of 2 [-2,-2,-4] lowest of 2 [-3,-5,-5]
[1,-2,-5,-4] highest of 2 [1,-2,-4] lowest of 2 [-2,-5,-5]'
known='technicalindicators 3.1.0
[-3,-2,-5,-4] highest of 2 [0,0,0] lowest of 2 [-3,-5,-5]
[1,-2,-5,-4] highest of 2 [1,-2,-4] lowest of 2 [-2,-5,-5]'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
