#!/bin/sh
# Builds the guest of the host's tests. RUSTC is a rustc with the standard library of wasm32-wasip2.
set -eu
cd "$(dirname "$0")"
RUSTC_BOOTSTRAP=1 ${RUSTC:-rustc} --edition 2021 --crate-type cdylib -C opt-level=s -C lto -C strip=symbols -C panic=abort \
    --target wasm32-wasip2 hostile.rs -o ../resources/guests/hostile.wasm
