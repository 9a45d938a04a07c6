#!/bin/sh
# Builds preview1-command.wasm: a component around a hole, made of the adapter of preview 1 for commands, which is
# wasmtime's (Apache-2.0 WITH LLVM-exception), as the crate wasi-preview1-component-adapter-provider has it.
# Needs cargo and wasm-tools.
set -eu
cd "$(dirname "$0")"
version=50.0.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && cargo init -q --name adapter . && cargo add -q "wasi-preview1-component-adapter-provider@=$version" \
    && cargo vendor -q vendor > /dev/null)
adapter=$work/vendor/wasi-preview1-component-adapter-provider/artefacts/wasi_snapshot_preview1.command.wasm
wasm-tools parse hole.wat -o "$work/hole.wasm"
wasm-tools component new "$work/hole.wasm" --adapt "wasi_snapshot_preview1=$adapter" -o "$work/out.wasm"
wasm-tools strip --delete 'name' "$work/out.wasm" -o ../resources/dev/virga/cli/project/preview1-command.wasm
