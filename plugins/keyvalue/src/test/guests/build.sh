#!/bin/sh
# Builds the guests. Needs cargo 1.95 or newer with the target wasm32-wasip2; older linkers do not know async functions.
set -eu
cd "$(dirname "$0")"
for guest in every later; do
    (cd $guest && cargo build --release --target wasm32-wasip2)
    cp $guest/target/wasm32-wasip2/release/$guest.wasm $guest.wasm
done
