/** Measures a host: many workloads, bad neighbours, and the way of a request through it. */
package dev.virga.bench.host;
