/**
 * WASI 0.2: what a host offers to components. {@link dev.virga.wasi.WasiGrants} says what one
 * workload may reach, {@link dev.virga.wasi.WasiContext} is one instance's view of the world built
 * from it.
 */
package dev.virga.wasi;
