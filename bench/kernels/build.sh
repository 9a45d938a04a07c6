#!/bin/sh
# Makes the kernels' binaries from their sources: core modules without imports, with the features that the
# compilers enable by default. Needs clang with a wasm32-wasip1 C library (wasi-libc), rustc with the
# wasm32-unknown-unknown target, and for SQLite (public domain) curl and sha256sum once.
#
# Environment: CLANG (clang), RUSTC (rustc): commands, with options where needed, for example -C linker=wasm-ld
# for a rustc that comes without a linker
set -eu
cd "$(dirname "$0")"
crate=libsqlite3-sys-0.35.0
sum=133c182a6a2c87864fe97778797e46c7e999672690dc9fa3ee8e241aa4a9c13f
if [ ! -e target/$crate ]; then
  mkdir -p target
  curl -sSf -o target/$crate.crate "https://static.crates.io/crates/libsqlite3-sys/$crate.crate"
  echo "$sum  target/$crate.crate" | sha256sum -c --quiet
  tar xzf target/$crate.crate -C target
fi

# -nostartfiles: neither a command nor a reactor, so nothing to start; the C library's code imports nothing then
for source in *.c; do
  ${CLANG:-clang} --target=wasm32-wasip1 -O2 -Wall -nostartfiles -Wl,--no-entry -Wl,--strip-all \
    -isystem target/$crate/sqlite3 "$source" -o "${source%.c}.wasm"
done
for source in *.rs; do
  ${RUSTC:-rustc} --edition 2021 -O -C panic=abort -C strip=symbols --crate-type cdylib --target wasm32-unknown-unknown \
    "$source" -o "${source%.rs}.wasm"
done
chmod 644 ./*.wasm
gzip -9nf sqlite.wasm
