#!/bin/sh
# Builds the guests from their sources. Needs rustc and cargo with the wasm32-wasip2 target
# (rustup target add wasm32-wasip2); CARGO says which cargo.
set -eu
cd "$(dirname "$0")"
for guest in wasmcloud wasi; do
    target=$(mktemp -d)
    (cd $guest && ${CARGO:-cargo} build --release --target wasm32-wasip2 --target-dir "$target")
    cp "$target/wasm32-wasip2/release/$guest.wasm" .
    rm -rf "$target"
done
