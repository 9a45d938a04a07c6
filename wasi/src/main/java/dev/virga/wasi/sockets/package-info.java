/**
 * {@code wasi:sockets}, on Java's channels. A connection's bytes go through bounded buffers with a
 * virtual thread at each ({@link dev.virga.wasi.io.ReadAhead}, {@link
 * dev.virga.wasi.io.WriteBehind}); listeners and UDP sockets do not block and are watched only while
 * a guest waits for them.
 *
 * <p>Where Java offers less than the interface asks for: an IPv6 socket of Java also takes IPv4, so
 * connections and datagrams of IPv4 that arrive on one are dropped here; a hop limit is remembered
 * but has no effect; a backlog cannot be changed while listening.
 */
package dev.virga.wasi.sockets;
