package dev.virga.wasi.http;

import dev.virga.component.Result;

/**
 * {@code wasi:http/types.response-outparam}: where the answer to an incoming request goes. The
 * handle is given away with the answer, so there is one answer at most.
 */
public final class ResponseOutparam {

    /** Sends answers. */
    public interface Responder {

        /** Sends the head and connects the body, or says that the guest failed. */
        void respond(Result<OutgoingResponse, ErrorCode> response);

        /** Sends a response of the 1xx kind ahead of the answer. */
        Result<Void, ErrorCode> inform(int status, Fields headers);
    }

    private final Responder responder;

    public ResponseOutparam(Responder responder) {
        this.responder = responder;
    }

    /** {@code [method]response-outparam.send-informational}. */
    public Result<Void, ErrorCode> sendInformational(short status, Fields headers) {
        return responder.inform(Short.toUnsignedInt(status), headers);
    }

    void set(Result<OutgoingResponse, ErrorCode> response) {
        responder.respond(response);
    }
}
