/**
 * What can be seen of a host from outside: metrics, traces, logs, audit and flight-recorder events. Hot paths only
 * add to counters that were prepared when the workload was; everything that leaves the process does so on threads
 * of its own, through bounded queues that drop and count.
 */
package dev.virga.telemetry;
