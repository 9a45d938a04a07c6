#!/bin/sh
# What instances and waiting calls hold of memory: the process, pages that guests have written (as far as they
# belong to a module's image), Java's heap. Linux only. Needs Maven.
#
#   bench/memory.sh [COUNT]     instances (4000)
set -eu
cd "$(dirname "$0")/.."
mvn -q -Pbench -pl bench -am -DskipTests package
./virga --version > /dev/null
jdk=${JAVA_HOME:-}
[ ! -r .virga/jdk ] || read -r jdk < .virga/jdk
"$jdk/bin/java" -Xms2g -Xmx2g -XX:+AlwaysPreTouch --enable-native-access=ALL-UNNAMED \
  -cp bench/target/bench.jar dev.virga.bench.Memory native \
  examples/http-api/api.wasm examples/hello-cli/hello.wasm "${1:-4000}"
