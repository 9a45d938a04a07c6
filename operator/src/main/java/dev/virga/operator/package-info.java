/** Workloads on Kubernetes: custom resources, placement onto hosts, endpoints. */
package dev.virga.operator;
