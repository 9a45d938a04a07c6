#!/bin/sh
# Builds the guests that lie beside this script, each with what the guest SDK names SDK (a command
# that runs rustc and clang with their wasm32-wasip2 libraries; unset, those of the path).
set -eu
cd "$(dirname "$0")"
for source in *.rs; do
    ${SDK:-} rustc --edition 2021 -C opt-level=s -C lto -C strip=symbols -C panic=abort \
        --target wasm32-wasip2 "$source" -o "${source%.rs}.wasm"
done
for source in *.c; do
    ${SDK:-} clang --target=wasm32-wasip2 -Os -s "$source" -o "${source%.c}.wasm"
done
