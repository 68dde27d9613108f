#!/usr/bin/env bash
# Package: rust_decimal 1.39.0 (crates).
#
# Guess: format!("{:.2}", x) of a Decimal rounds to two digits, as the same
# format does for a float: 1.999 is written as 2.00.
#
# What it does: it cuts off. Decimal 1.999 is written as 1.99, and 0.0096 as
# 0.00. round_dp(2) of the same number gives 2.00 and 0.01.
#
# Why it matters: a bot that moves from floats to decimals to be exact gets
# other numbers in its messages and query strings, always nearer to zero, and
# a sum of the printed lines no longer agrees with the printed total.
#
# Usage: bash THIS_FILE. Exits with 1 if the behaviour has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

mkdir src
cat >Cargo.toml <<'T'
[package]
name = "finding"
version = "0.1.0"
edition = "2021"

[dependencies]
rust_decimal = { version = "=1.39.0", default-features = false, features = ["std"] }
T
cat >src/main.rs <<'R'
use rust_decimal::Decimal;
use std::str::FromStr;

fn main() {
    for text in ["1.999", "-1.999", "0.0096"] {
        let decimal = Decimal::from_str(text).unwrap();
        let float: f64 = text.parse().unwrap();
        println!("{text}: f64 {float:.2}, Decimal {decimal:.2}, round_dp {}", decimal.round_dp(2));
    }
}
R
cargo build --quiet --target-dir target 2>cargo.log || { cat cargo.log; exit 1; }
version=$(grep -A1 '^name = "rust_decimal"' Cargo.lock | tail -1)
seen=$(echo "rust_decimal $version"; target/debug/finding)

guess='1.999: f64 2.00, Decimal 2.00, round_dp 2.00
-1.999: f64 -2.00, Decimal -2.00, round_dp -2.00
0.0096: f64 0.01, Decimal 0.01, round_dp 0.01'
known='rust_decimal version = "1.39.0"
1.999: f64 2.00, Decimal 1.99, round_dp 2.00
-1.999: f64 -2.00, Decimal -1.99, round_dp -2.00
0.0096: f64 0.01, Decimal 0.00, round_dp 0.01'

printf 'A good guess:\n%s\n\nWhat it did:\n%s\n' "$guess" "$seen"
if [ "$seen" != "$known" ]; then
    printf '\nThe behaviour has changed. Known until now:\n%s\n' "$known"
    exit 1
fi
