#!/bin/sh
# Builds the guests in the folders beside this script, each into a .wasm beside it, with what the guest SDK
# names SDK (a command that runs cargo with its wasm32-wasip2 library; unset, that of the path). Crates are
# fetched by CARGO first, or the cargo of the path.
set -eu
cd "$(dirname "$0")"
main=../../main/resources/wit
io=../../../../../wasi/src/main/resources/wit
mkdir -p target/wit
cp $main/blobstore.wit $main/wasmcloud.wit $io/io.wit target/wit/
"${CARGO:-cargo}" vendor --locked target/vendor >/dev/null 2>&1
${SDK:-} cargo build --offline --release --target wasm32-wasip2 \
    --config 'source.crates-io.replace-with="vendored"' \
    --config 'source.vendored.directory="target/vendor"'
for guest in blobs async-blobs; do
    cp "target/wasm32-wasip2/release/$(echo $guest | tr - _).wasm" $guest.wasm
done
