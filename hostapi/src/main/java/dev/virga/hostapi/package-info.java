/** A scheduler's way to a host, over NATS, as wasmCloud v2 has it. */
package dev.virga.hostapi;
