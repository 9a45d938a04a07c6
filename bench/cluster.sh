#!/bin/sh
# A cluster of many hosts and workloads, as the operator's placement sees it: the hosts are simulated, NATS is real, there
# is no Kubernetes API. Time to place workloads, memory, what heartbeats cost, how soon the workloads of a dead host run
# elsewhere, and an outage of NATS. Needs Maven and nats-server; takes some five minutes.
#
#   bench/cluster.sh
#
# Environment: HOSTS (500), WORKLOADS (20000), NEW (1000), OUTAGE (120 seconds)
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The module's own comes last, and stays.
mvn -q ${MAVEN_ARGS:-} -pl operator -am -DskipTests package dependency:build-classpath -Dmdep.outputFile="$work/classpath"
./virga --version > /dev/null
jdk=${JAVA_HOME:-}
[ ! -r .virga/jdk ] || read -r jdk < .virga/jdk
mkdir "$work/nats"
"$jdk/bin/java" -Xmx512m -cp "operator/target/classes:operator/target/test-classes:$(cat "$work/classpath")" \
  dev.virga.operator.simulation.ClusterSimulation \
  "$work/nats" "${HOSTS:-500}" "${WORKLOADS:-20000}" "${NEW:-1000}" "${OUTAGE:-120}"
