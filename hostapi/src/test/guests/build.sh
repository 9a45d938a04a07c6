#!/bin/sh
# Builds the guest. Needs wasm-tools.
set -eu
cd "$(dirname "$0")"
wasm-tools parse failing.wat -o failing.wasm
