package dev.virga.wasi.sockets;

import java.io.IOException;

/** A connection that is being made; its signal is woken when it is there or has failed. */
interface Connecting {

    boolean done();

    /** The connection, which is the caller's from now on; to be asked once, when done. */
    TcpConnection finish() throws IOException;
}
