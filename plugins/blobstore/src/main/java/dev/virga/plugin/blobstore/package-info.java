/**
 * {@code wasi:blobstore} and {@code wasmcloud:blobstore}: containers of objects for guests. Where the objects are
 * kept is a {@link dev.virga.plugin.blobstore.BlobBackend}; other modules add kinds of them.
 */
package dev.virga.plugin.blobstore;
