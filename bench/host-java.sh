# For the scripts that measure a host: builds, and defines `run CLASS ARGUMENT…` and a folder $work that goes away.
# The heap is of one size and touched from the start, so that what the process grows by is other memory.
mvn -q -Pbench -pl bench -am -DskipTests package
./virga --version > /dev/null
jdk=${JAVA_HOME:-}
[ ! -r .virga/jdk ] || read -r jdk < .virga/jdk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() {
  class=$1
  shift
  "$jdk/bin/java" -Djdk.virtualThreadScheduler.parallelism="${CARRIERS:-$((($(getconf _NPROCESSORS_ONLN) * 3 + 1) / 2))}" -Xms1g -Xmx1g -XX:+AlwaysPreTouch -Djava.lang.invoke.MethodHandle.CUSTOMIZE_THRESHOLD=-1 \
    --enable-native-access=ALL-UNNAMED -cp bench/target/bench.jar "dev.virga.bench.host.$class" "$@"
}
