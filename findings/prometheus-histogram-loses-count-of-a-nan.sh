#!/usr/bin/env bash
# Package: prometheus-client 0.26.0 (pip).
#
# Guess: a histogram that is handed NaN, the float of a slippage that can't be
# computed, refuses it, or counts it as one more value.
#
# What it does: neither. The sum is NaN from then on and never recovers, but
# the count and all buckets stay as they are, as if nothing had come in.
#
# Why it matters: one bad value takes the average, sum by count, away until the
# process starts again, and no number tells that a value came in at all.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check prometheus-client==0.26.0

cat >t.py <<'P'
from importlib.metadata import version
from prometheus_client import CollectorRegistry, Histogram

print('prometheus-client', version('prometheus-client'))
registry = CollectorRegistry()
slippage = Histogram('slippage', 'Slippage of an order.', buckets=[0.5, 1], registry=registry)
for value in (0.25, float('nan'), 0.75):
    slippage.observe(value)
    print('after', value, *(f'{name}={registry.get_sample_value("slippage_" + name)}' for name in ('sum', 'count')),
          f'+Inf={registry.get_sample_value("slippage_bucket", {"le": "+Inf"})}')
P
seen=$(venv/bin/python t.py)

guess='after 0.25 sum=0.25 count=1.0 +Inf=1.0
after nan refused, or sum=nan count=2.0 +Inf=2.0
after 0.75 sum=1.0 count=2.0 +Inf=2.0 if refused, or sum=nan count=3.0 +Inf=3.0'
known='prometheus-client 0.26.0
after 0.25 sum=0.25 count=1.0 +Inf=1.0
after nan sum=nan count=1.0 +Inf=1.0
after 0.75 sum=nan count=2.0 +Inf=2.0'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
