#!/bin/sh
set -eu
go tool wit-bindgen-go generate --world app --out gen ./wit
tinygo build -target=wasip2 -no-debug --wit-package ./wit --wit-world app -o PROJECT_NAME.wasm .
