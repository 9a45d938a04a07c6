#!/bin/sh
# The whole operator at the size of a large cluster: a real API server with its etcd, a real NATS server, hosts that run
# nothing. Time until workloads run, API calls for each, memory, and what a restart of the operator takes. Needs Maven,
# nats-server, and KUBEBUILDER_ASSETS, a folder with kube-apiserver and etcd.
#
#   bench/operator.sh
#
# Environment: HOSTS (500), WORKLOADS (20000), NEW (1000), HEAP (2g)
set -eu
: "${KUBEBUILDER_ASSETS:?a folder with kube-apiserver and etcd}"
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The module's own comes last, and stays.
mvn -q ${MAVEN_ARGS:-} -pl operator -am -DskipTests package dependency:build-classpath -Dmdep.outputFile="$work/classpath"
./virga --version > /dev/null
jdk=${JAVA_HOME:-}
[ ! -r .virga/jdk ] || read -r jdk < .virga/jdk
"$jdk/bin/java" "-Xmx${HEAP:-2g}" -cp "operator/target/classes:operator/target/test-classes:$(cat "$work/classpath")" \
  dev.virga.operator.simulation.OperatorSimulation \
  "$work" "${HOSTS:-500}" "${WORKLOADS:-20000}" "${NEW:-1000}"
