#!/bin/sh
# Builds the guests from their sources. Needs cargo with the wasm32-wasip2 target (rustup target add wasm32-wasip2).
set -eu
cd "$(dirname "$0")"
mkdir -p target/wit/deps
cp wit/guests.wit target/wit
cp ../../examples/orders/wit/deps/*.wit target/wit/deps
${CARGO:-cargo} build --release --target wasm32-wasip2 --target-dir target
out=../src/main/resources/dev/virga/benchmark/guests
mkdir -p $out
for guest in caller callee policy queue producer edge; do
    cp target/wasm32-wasip2/release/$guest.wasm $out
done
rm -rf target
