package dev.virga.plugin;

import java.util.Map;

/** A call of a backend in a trace, which ends when this is closed. While tracing is off it only passes the context on. */
public interface CallSpan extends AutoCloseable {

    /** {@code traceparent} and the like, to go with what leaves the process; often empty. */
    Map<String, String> headers();

    /** @param type a short word, for example {@code timeout} */
    void failed(String type);

    @Override
    void close();
}
