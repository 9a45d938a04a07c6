/**
 * {@code wasi:io}: errors, pollables and byte streams, and the bounded buffers that connect them to
 * the rest of the host.
 *
 * <p>A producer or consumer of bytes picks one of four ways: {@link dev.virga.wasi.io.GuestInput}
 * or {@link dev.virga.wasi.io.GuestOutput} itself where an operation never waits (a file, bytes in
 * memory), {@link dev.virga.wasi.io.ReadAhead} and {@link dev.virga.wasi.io.WriteBehind} around
 * blocking Java code, or a {@link dev.virga.wasi.io.Pipe} where a host thread is at the other end.
 */
package dev.virga.wasi.io;
