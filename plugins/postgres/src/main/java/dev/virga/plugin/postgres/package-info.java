/** {@code wasmcloud:postgres}: SQL on PostgreSQL servers that the host's operator has defined or allowed. */
package dev.virga.plugin.postgres;
