#!/usr/bin/env bash
# Package: ta4j-core 0.17 (Maven).
#
# Guess: two prices of DoubleNum are equal if and only if neither is less, and
# equal numbers have the same hash code.
#
# What it does: equals() takes all numbers for equal that are less than 0.00001
# apart. So 0.00000012 equals 0.00000034, while isEqual() says no and
# isLessThan() says yes, and their hash codes differ. A HashSet keeps both, and
# a list finds the wrong one.
#
# Why it matters: all prices of a coin that costs less than 0.00001 are one and
# the same for equals(). A search of a price level in a list, or a test that
# compares two results, goes wrong there, and with a big coin it never shows.
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
      <groupId>org.ta4j</groupId>
      <artifactId>ta4j-core</artifactId>
      <version>0.17</version>
    </dependency>
  </dependencies>
</project>
X
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log; exit 1; }

cat >T.java <<'J'
import java.util.HashSet;
import java.util.List;
import org.ta4j.core.num.DoubleNum;

public class T {
    public static void main(String[] args) {
        var low = DoubleNum.valueOf(0.00000012);
        var high = DoubleNum.valueOf(0.00000034);
        System.out.println("equals " + low.equals(high));
        System.out.println("isEqual " + low.isEqual(high));
        System.out.println("isLessThan " + low.isLessThan(high));
        System.out.println("same hash code " + (low.hashCode() == high.hashCode()));
        System.out.println("different ones in a set " + new HashSet<>(List.of(low, high)).size());
        System.out.println("place of the higher in the list of both " + List.of(low, high).indexOf(high));
    }
}
J
seen=$(ls lib/ta4j-core-*.jar && java -cp 'lib/*' T.java 2>errors.log) || { cat errors.log; exit 1; }

guess='equals false
isEqual false
isLessThan true
same hash code false
different ones in a set 2
place of the higher in the list of both 1'
known='lib/ta4j-core-0.17.jar
equals true
isEqual false
isLessThan true
same hash code false
different ones in a set 2
place of the higher in the list of both 0'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
