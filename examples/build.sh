#!/bin/sh
# Builds the examples' components from their sources. Needs: rustc and cargo with the wasm32-wasip2
# target (rustup target add wasm32-wasip2), clang with wasi-libc (wasi-sdk; set CLANG to its clang),
# wit-bindgen (cargo install wit-bindgen-cli).
set -eu
cd "$(dirname "$0")"
clang=${CLANG:-clang}

rust="rustc --edition 2021 -O -C strip=symbols -C panic=abort --target wasm32-wasip2"
$rust hello-cli/hello.rs -o hello-cli/hello.wasm
# the bindings of wasi:http lie in the standard library, but are not stable there
RUSTC_BOOTSTRAP=1 $rust --crate-type cdylib http-api/api.rs -o http-api/api.wasm
"$clang" --target=wasm32-wasip2 -O2 -s c-cli/wc.c -o c-cli/wc.wasm

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wit-bindgen c composed/wit --world provider --out-dir "$work"
"$clang" --target=wasm32-wasip2 -O2 -s -mexec-model=reactor -I "$work" \
  composed/words/words.c "$work/provider.c" "$work/provider_component_type.o" -o "$work/words.wasm"
cargo build --release --target wasm32-wasip2 --manifest-path composed/command/Cargo.toml --target-dir "$work/target"
../virga compose "$work/target/wasm32-wasip2/release/command.wasm" --with "$work/words.wasm" \
  -o composed/composed.wasm
orders/build.sh
