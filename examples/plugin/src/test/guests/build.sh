#!/bin/sh
# Builds guest.wasm. Needs cargo with the target wasm32-wasip2.
set -eu
cd "$(dirname "$0")"
target=${CARGO_TARGET_DIR:-../../../target/guest}
${SDK:-} cargo build --release --target wasm32-wasip2 --target-dir "$target"
cp "$target/wasm32-wasip2/release/guest.wasm" guest.wasm
