package dev.virga.wasi.http;

import dev.virga.component.Result;
import dev.virga.wasi.io.IoError;
import java.util.List;
import java.util.Optional;

/** {@code wasi:http/types}: the functions that belong to no object. Without state, so one serves all instances. */
public final class HttpTypes {

    private final int fieldLimit;

    /** @param fieldLimit how many bytes one set of headers or trailers may hold */
    public HttpTypes(int fieldLimit) {
        this.fieldLimit = fieldLimit;
    }

    /** {@code [constructor]fields}. */
    public Fields newFields() {
        return Fields.mutable(fieldLimit);
    }

    /** {@code [static]fields.from-list}. */
    public Result<Fields, HeaderError> fieldsFromList(List<FieldEntry> entries) {
        Fields fields = newFields();
        for (FieldEntry entry : entries) {
            if (fields.append(entry.name(), entry.value()) instanceof Result.Err<Void, HeaderError>(HeaderError error)) {
                return Result.err(error);
            }
        }
        return Result.ok(fields);
    }

    /** {@code [constructor]outgoing-request}. */
    public OutgoingRequest newOutgoingRequest(Fields headers) {
        return new OutgoingRequest(headers);
    }

    /** {@code [constructor]outgoing-response}. */
    public OutgoingResponse newOutgoingResponse(Fields headers) {
        return new OutgoingResponse(headers);
    }

    /** {@code [constructor]request-options}. */
    public RequestOptions newRequestOptions() {
        return new RequestOptions();
    }

    /** {@code [static]response-outparam.set}. */
    public void responseOutparamSet(ResponseOutparam param, Result<OutgoingResponse, ErrorCode> response) {
        param.set(response);
    }

    /** {@code [static]incoming-body.finish}. */
    public FutureTrailers incomingBodyFinish(IncomingBody body) {
        return body.finish();
    }

    /** {@code [static]outgoing-body.finish}. */
    public Result<Void, ErrorCode> outgoingBodyFinish(OutgoingBody body, Optional<Fields> trailers) {
        return body.finish(trailers);
    }

    /** {@code http-error-code}. */
    public Optional<ErrorCode> httpErrorCode(IoError error) {
        return error.cause() instanceof HttpFailure failure ? Optional.of(failure.code()) : Optional.empty();
    }
}
