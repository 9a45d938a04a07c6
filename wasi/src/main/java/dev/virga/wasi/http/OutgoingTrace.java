package dev.virga.wasi.http;

import java.util.Map;

/** Follows the requests that an instance sends, so that they can be part of a trace. */
@FunctionalInterface
public interface OutgoingTrace {

    OutgoingTrace NONE = (_, _, _, _, _) -> Sent.UNFOLLOWED;

    /**
     * A request is about to be sent. Called on the guest's thread.
     *
     * @param path without a query
     */
    Sent begin(String method, String scheme, String host, int port, String path);

    /** A request on its way. Told of its fate by any thread, and of its end once. */
    interface Sent {

        Sent UNFOLLOWED = new Sent() {
            @Override
            public Map<String, String> headers() {
                return Map.of();
            }

            @Override
            public void answered(int status) {}

            @Override
            public void failed(String why) {}

            @Override
            public void ended() {}
        };

        /** Added to the request if the guest has set none of them itself. */
        Map<String, String> headers();

        void answered(int status);

        /** @param why a short word */
        void failed(String why);

        /** The answer has been read, or never will be. */
        void ended();
    }
}
