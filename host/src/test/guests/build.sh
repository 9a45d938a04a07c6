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
${CARGO:-cargo} build -q --release --target wasm32-wasip2 --target-dir target -p keys
cp target/wasm32-wasip2/release/keys.wasm .
for guest in provider relay; do
    (cd $guest && ${CARGO:-cargo} build -q --release --target wasm32-wasip2)
    cp $guest/target/wasm32-wasip2/release/$guest.wasm $guest.wasm
    rm -rf $guest/target
done
${RUSTC:-rustc} --edition 2021 -C opt-level=s -C lto -C strip=symbols -C panic=abort --target wasm32-wasip2 \
    server/server.rs -o server.wasm
mkdir -p $work/wit/deps
cp ../../../../plugins/config/src/main/resources/wit/config.wit $work/wit/deps
cp fixed/fixed.wit $work/wit
c() {
    wit-bindgen c "$3" --world $2 --out-dir $work
    ${CLANG:-clang} --target=wasm32-wasip2 -Os -s -mexec-model=reactor -I $work \
        $1/$1.c $work/$2.c $work/$2_component_type.o -o $1.wasm
}
c rules provider rules/rules.wit
c fixed fixed $work/wit
RUSTC_BOOTSTRAP=1 ${RUSTC:-rustc} --edition 2021 --crate-type cdylib -C opt-level=s -C lto -C strip=symbols -C panic=abort \
    --target wasm32-wasip2 hostile.rs -o hostile.wasm
rm -rf target
