#!/bin/sh
# Builds the three components from their sources. Needs cargo with the wasm32-wasip2 target
# (rustup target add wasm32-wasip2), clang with wasi-libc (wasi-sdk; CLANG says which clang), and
# wit-bindgen (cargo install wit-bindgen-cli@0.61.1).
set -eu
cd "$(dirname "$0")"
${CARGO:-cargo} build --release --target wasm32-wasip2 --target-dir target
cp target/wasm32-wasip2/release/api.wasm target/wasm32-wasip2/release/shipper.wasm .
bindings=target/bindings
wit-bindgen c wit --world rules --out-dir $bindings
${CLANG:-clang} --target=wasm32-wasip2 -Os -s -mexec-model=reactor -I $bindings \
    policy/policy.c $bindings/rules.c $bindings/rules_component_type.o -o policy.wasm
