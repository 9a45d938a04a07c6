#!/bin/sh
# Builds the guests. Needs cargo with the target wasm32-wasip2; SDK is a command to run it with, if any.
set -eu
cd "$(dirname "$0")"
for guest in provider relay; do
    (cd $guest && ${SDK:-} cargo build --release --target wasm32-wasip2 ${OFFLINE:+--offline})
    cp $guest/target/wasm32-wasip2/release/$guest.wasm $guest.wasm
done
