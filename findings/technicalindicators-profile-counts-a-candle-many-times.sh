#!/usr/bin/env bash
# Package: technicalindicators 3.1.0 (npm).
#
# Guess: a volume profile shares the traded volume out over the price ranges,
# so the ranges together hold as much as was traded.
#
# What it does: VolumeProfile adds the whole volume of a candle to every range
# that the candle touches. One candle of volume 10 across four ranges makes a
# profile of 40, and across eight ranges one of 80.
#
# Why it matters: a single long candle, a crash for example, outweighs hours of
# real trading at one price, so the price "with most volume" is another one.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init -y >npm.log
npm install --silent --no-audit --no-fund technicalindicators@3.1.0 >>npm.log

cat >t.cjs <<'J'
const { VolumeProfile } = require('technicalindicators');
console.log('technicalindicators', require('technicalindicators/package.json').version);
for (const noOfBars of [1, 4, 8]) {
    const profile = VolumeProfile.calculate({ noOfBars, open: [1], high: [5], low: [1], close: [5], volume: [10] });
    console.log('10 traded,', noOfBars, 'ranges, volume in the profile',
        profile.reduce((sum, range) => sum + range.totalVolume, 0));
}
J
seen=$(node t.cjs)

guess='10 traded, 1 ranges, volume in the profile 10
10 traded, 4 ranges, volume in the profile 10
10 traded, 8 ranges, volume in the profile 10'
known='technicalindicators 3.1.0
10 traded, 1 ranges, volume in the profile 10
10 traded, 4 ranges, volume in the profile 40
10 traded, 8 ranges, volume in the profile 80'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
