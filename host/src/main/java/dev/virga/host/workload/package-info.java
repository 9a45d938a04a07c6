/** Runs workloads: components linked to each other, their instances and services, within their limits. */
package dev.virga.host.workload;
