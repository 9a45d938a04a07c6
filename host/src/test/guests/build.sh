#!/bin/sh
# Builds the guests from their sources. Needs rustc and cargo with the wasm32-wasip2 target, clang with wasi-libc
# (CLANG says which), wit-bindgen (cargo install wit-bindgen-cli); CARGO and RUSTC say which of those.
set -eu
cd "$(dirname "$0")"
work=target/guests
mkdir -p $work
for guest in api gate resident; do
    ${CARGO:-cargo} build -q --release --target wasm32-wasip2 --target-dir target -p web --features $guest
    cp target/wasm32-wasip2/release/web.wasm $guest.wasm
done
${RUSTC:-rustc} --edition 2021 -C opt-level=s -C lto -C strip=symbols -C panic=abort --target wasm32-wasip2 \
    server/server.rs -o server.wasm
wit-bindgen c rules/rules.wit --world provider --out-dir $work
${CLANG:-clang} --target=wasm32-wasip2 -Os -s -mexec-model=reactor -I $work \
    rules/rules.c $work/provider.c $work/provider_component_type.o -o rules.wasm
rm -rf target
