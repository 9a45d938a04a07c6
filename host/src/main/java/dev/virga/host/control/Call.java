package dev.virga.host.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;

/** A request to the host itself, and its answer. */
final class Call {

    static final String JSON = "application/json";
    static final String TEXT = "text/plain;charset=utf-8";

    /** Manifests are at most four million characters, of four bytes each in UTF-8. */
    private static final int MAX_BODY = 16 << 20;

    /** The request is wrong. */
    static final class Bad extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Bad(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private final Request request;
    private final Response response;

    Call(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    String method() {
        return request.getMethod();
    }

    /** The parts of the path. */
    List<String> path() {
        return Stream.of(Request.getPathInContext(request).split("/")).filter(part -> !part.isEmpty()).toList();
    }

    String header(HttpHeader name) {
        return Optional.ofNullable(request.getHeaders().get(name)).orElse("");
    }

    /** @param known names that the query may have; others are told to be wrong, since a filter that is not known filters nothing */
    Query query(Set<String> known) {
        Fields fields;
        try {
            fields = Request.extractQueryParameters(request);
        } catch (RuntimeException e) {
            throw new Bad(HttpStatus.BAD_REQUEST_400, "the query cannot be read");
        }
        for (String name : fields.getNames()) {
            if (!known.contains(name)) {
                throw new Bad(HttpStatus.BAD_REQUEST_400, "unknown parameter in the query; known are "
                        + known.stream().sorted().toList());
            }
        }
        return new Query(fields);
    }

    String body() throws IOException {
        byte[] bytes;
        try (InputStream in = Content.Source.asInputStream(request)) {
            bytes = in.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                in.skip(3L * MAX_BODY); // who still sends does not hear the answer
                throw new Bad(HttpStatus.PAYLOAD_TOO_LARGE_413,
                        "the body has more than " + MAX_BODY + " bytes; apply several files one by one");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Bad(HttpStatus.BAD_REQUEST_400, "the body is not UTF-8");
        }
    }

    void answer(int status, JsonNode body) throws IOException {
        answer(status, JSON, body + "\n");
    }

    void answer(int status, String type, String body) throws IOException {
        if (response.isCommitted()) {
            return; // a stream that broke off
        }
        response.setStatus(status);
        try (OutputStream out = stream(type)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** An answer that goes on until it is closed. */
    OutputStream stream(String type) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        return Content.Sink.asOutputStream(response);
    }
}
