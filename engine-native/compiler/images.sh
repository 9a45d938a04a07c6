#!/bin/sh
# Makes the resources of the runtime from the code generator's source: its module, its images for both architectures,
# their digests. `images.sh [MODULE]`; without a module, build.sh builds it. Every change of the generator needs it.
#
# The engine as it is in the commit BASE (HEAD unless said otherwise) runs the new generator on its own module; the
# working tree's classes link the results. So the contract between the two may change along with the generator. At
# the end the new engine compiles the generator again, which has to give the same images (GeneratorTest).
# Needs JDK 25 (JAVA_HOME), Maven, git and a machine that has the native engine.
set -eu
cd "$(dirname "$0")"
module=${1:-}
if [ -z "$module" ]; then
    ./build.sh wasm
    module=target/compiler.wasm
fi
root=$(git rev-parse --show-toplevel)
to=$root/engine-native/src/main/resources/dev/virga/engine/nativecode
main=dev.virga.engine.nativecode.Bootstrap
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Compiles the sources of both modules under a folder; resources are found where they are.
classes() {
    find "$1/engine/src/main/java" "$1/engine-native/src/main/java" -name '*.java' > "$2.sources"
    "$JAVA_HOME/bin/javac" -nowarn -d "$2" "@$2.sources"
}

run() {
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "$@"
}

mkdir "$work/base"
git -C "$root" archive "${BASE:-HEAD}" engine engine-native | tar -x -C "$work/base"
classes "$work/base" "$work/old"
classes "$root" "$work/new"
run "$work/old:$work/base/engine-native/src/main/resources" "$main" generate "$module" "$work"
run "$work/new" "$main" link "$module" "$work"

cp "$module" "$work/compiler.wasm"
for name in compiler.wasm compiler-x86_64.image compiler-aarch64.image; do
    gzip -9n < "$work/$name" > "$to/$name.gz"
    (cd "$work" && sha256sum "$name" | sed 's/  / /')
done > "$to/digests.txt"
cd "$root"
mvn -q -o -pl engine-native -am test -Dtest=GeneratorTest -Dsurefire.failIfNoSpecifiedTests=false
