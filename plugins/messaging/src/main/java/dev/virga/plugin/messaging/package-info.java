/**
 * {@code wasmcloud:messaging} and {@code wasi:messaging}: subjects, queue groups, request and reply, over backends
 * that the host's operator names.
 */
package dev.virga.plugin.messaging;
