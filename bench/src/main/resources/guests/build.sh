#!/bin/sh
# Makes the binaries from their sources. Needs wasm-tools 1.239 or newer.
cd "$(dirname "$0")" || exit 1
for source in *.wat; do
    ${WASM_TOOLS:-wasm-tools} parse "$source" -o "${source%.wat}.wasm" || exit 1
done
