/**
 * {@code wasi:keyvalue} and {@code wasmcloud:keyvalue} over backends of several kinds. A {@link
 * dev.virga.plugin.keyvalue.BackendKind} adds one; two are here, in memory and in a file.
 */
package dev.virga.plugin.keyvalue;
