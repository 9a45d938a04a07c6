#!/bin/sh
# Runs the stress test of the native engine for long, with several kinds of JVM in turn: other collectors,
# JNI's checks, and a profiler that looks at threads while guests run. Fails at the first wrong result,
# crash, hang, or complaint of the JVM; the output and what the JVM left of a crash are then in
# engine-native/target/stress.
# Needs Maven, and a JDK 25 in JAVA_HOME or on the PATH.
#
#   engine-native/stress.sh [SECONDS]     of each run (600)
#
# Environment: FIBERS (3000), SEED
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-600}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mvn -q -pl engine-native -am test-compile
work=engine-native/target/stress
rm -rf "$work"
mkdir -p "$work"
classes=engine-native/target/test-classes:engine-native/target/classes
classes=$classes:engine/target/test-classes:engine/target/classes

run() { # NAME OPTION…
  name=$1
  shift
  echo "$name"
  status=0
  "$java" --enable-native-access=ALL-UNNAMED -ea "-XX:ErrorFile=$work/$name.hs_err" "$@" \
    "-Dvirga.stress.seconds=$seconds" "-Dvirga.stress.fibers=${FIBERS:-3000}" ${SEED:+"-Dvirga.stress.seed=$SEED"} \
    -cp "$classes" dev.virga.engine.nativecode.Stress > "$work/$name.log" 2>&1 || status=$?
  if [ $status -ne 0 ] || grep -Eq 'WARNING|FATAL' "$work/$name.log"; then
    tail -n 40 "$work/$name.log" >&2
    echo "$name failed (status $status); all of its output is in $work/$name.log" >&2
    exit 1
  fi
  cat "$work/$name.log"
}

jfr() { # NAME
  echo "-XX:StartFlightRecording=settings=profile,filename=$work/$1.jfr"
}

run g1 -XX:+UseG1GC
run zgc -XX:+UseZGC
run g1-checked -XX:+UseG1GC -Xcheck:jni
run zgc-checked -XX:+UseZGC -Xcheck:jni
run g1-profiled -XX:+UseG1GC "$(jfr g1-profiled)"
run zgc-profiled -XX:+UseZGC "$(jfr zgc-profiled)"
