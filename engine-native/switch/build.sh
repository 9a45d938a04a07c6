#!/bin/sh
# Assembles the switch routines into the resources of the runtime.
# Needs GNU binutils for both architectures (Debian: binutils, binutils-aarch64-linux-gnu).
set -eu
cd "$(dirname "$0")"
to=../src/main/resources/dev/virga/engine/nativecode
mkdir -p "$to"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

assemble() {
    "$2as" "switch-$1.S" -o "$work/switch.o"
    if [ -n "$("$2readelf" -r "$work/switch.o" | grep -v 'no relocations' | grep .)" ]; then
        echo "switch-$1.S has relocations" >&2
        exit 1
    fi
    "$2objcopy" -O binary -j .text "$work/switch.o" "$to/switch-$1.bin"
}

assemble x86_64 ""
assemble aarch64 aarch64-linux-gnu-
