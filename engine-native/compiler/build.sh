#!/bin/sh
# Builds the compiler: target/compiler.wasm, which the runtime runs (by its images), and target/virga-codegen, a native
# driver that makes the first image and helps debugging.
#
# Needs Rust 1.97 with the standard library of wasm32-unknown-unknown, and once, to fetch the pinned crates into vendor/,
# the crate registry. The same toolchain makes the same bytes in any folder.
# `build.sh vendor`, `build.sh wasm` and `build.sh native` do one step only.
set -eu
cd "$(dirname "$0")"
step=${1:-all}

if [ "$step" = vendor ] || [ ! -d vendor ]; then
    cargo vendor --locked --quiet vendor > /dev/null
fi
[ "$step" != vendor ] || exit 0

# Paths are in panics' messages. The compiler's own recursion (dominator trees, expressions) is bounded by its input's
# size only in part: 8 MiB of stack are far more than any of the modules tried has used.
build() {
    cargo build --release --locked --offline \
        --config 'source.crates-io.replace-with="vendored-sources"' --config 'source.vendored-sources.directory="vendor"' "$@"
}

if [ "$step" != native ]; then
    target=wasm32-unknown-unknown
    build --lib --target $target \
        --config "target.$target.rustflags=[\"--remap-path-prefix=$PWD=compiler\", \"-Clink-arg=-zstack-size=8388608\"]"
    cp target/$target/release/virga_codegen.wasm target/compiler.wasm
fi
if [ "$step" != wasm ]; then
    build --bin virga-codegen
    cp target/release/virga-codegen target/virga-codegen
fi
