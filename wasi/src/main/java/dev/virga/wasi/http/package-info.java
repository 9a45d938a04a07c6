/**
 * {@code wasi:http}: types, incoming and outgoing requests. Bodies stream through bounded buffers in
 * both directions and are never held whole. Built on the HTTP library's content sources and sinks,
 * so that one implementation serves the server's and the client's side.
 */
package dev.virga.wasi.http;
