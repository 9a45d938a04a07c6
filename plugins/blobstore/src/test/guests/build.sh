#!/bin/sh
# Builds the guests in the folders beside this script, each into a .wasm beside it, with what the guest SDK
# names SDK (a command that runs cargo with its wasm32 libraries; unset, that of the path). Crates are fetched by
# CARGO first, or the cargo of the path. WASM_TOOLS is a wasm-tools that knows async functions (1.263 does), which
# the linker of wasm32-wasip2 does not yet: so the asynchronous guest is linked as a module without WASI.
set -eu
cd "$(dirname "$0")"
mkdir -p target/wit
cp ../../main/resources/wit/*.wit ../../../../../wasi/src/main/resources/wit/io.wit target/wit/
"${CARGO:-cargo}" vendor --locked target/vendor >/dev/null 2>&1
build() {
    ${SDK:-} cargo build --offline --release --package "$1" --target "$2" \
        --config 'source.crates-io.replace-with="vendored"' \
        --config 'source.vendored.directory="target/vendor"' \
        --config 'target.wasm32-unknown-unknown.linker="wasm-ld"'
}
build blobs wasm32-wasip2
cp target/wasm32-wasip2/release/blobs.wasm .
build async-blobs wasm32-unknown-unknown
"${WASM_TOOLS:-wasm-tools}" component new target/wasm32-unknown-unknown/release/async_blobs.wasm -o async-blobs.wasm
