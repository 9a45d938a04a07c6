#!/bin/sh
set -eu
wit-bindgen c wit --world app --out-dir gen
"${CC:-clang}" --target=wasm32-wasip2 -Os -mexec-model=reactor -Wl,--strip-debug -Wall -I gen \
    app.c gen/app.c gen/app_component_type.o -o PROJECT_NAME.wasm
