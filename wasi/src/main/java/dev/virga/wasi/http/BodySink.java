package dev.virga.wasi.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;

/** Where the body of a message goes once its head is on its way. One write is under way at a time. */
public interface BodySink {

    /** Sends the head without waiting for the body, of which nothing is there yet. */
    default void begin(Callback callback) {
        callback.succeeded();
    }

    /** Sends bytes; the last ones end the body, and trailers follow if there are any. */
    void write(boolean last, ByteBuffer bytes, Callback callback);

    /** Cuts the message short so that the receiver cannot take it for a whole one. */
    void abort(HttpFailure cause);
}
