package dev.virga.wasi.sockets;

/** {@code wasi:sockets/network.network}. What may be reached is decided by the instance's grants. */
public final class Network {}
