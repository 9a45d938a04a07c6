package dev.virga.telemetry;

import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;

/** A message with gRPC's five bytes before it: whether it is compressed, and its length. */
final class GrpcFrame {

    private static final int PREFIX = 5;

    private GrpcFrame() {}

    /** @param compressor null for none */
    static byte[] of(MessageWriter message, Compressor compressor) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(message.getContentLength());
        try (OutputStream out = compressor == null ? body : compressor.compress(body)) {
            message.writeMessage(out);
        }
        return ByteBuffer.allocate(PREFIX + body.size())
                .put((byte) (compressor == null ? 0 : 1))
                .putInt(body.size())
                .put(body.toByteArray())
                .array();
    }

    static GrpcResponse response(Response response, byte[] content) {
        HttpFields trailers = response.getTrailers();
        // An answer without a message has the status in its headers.
        HttpFields fields = trailers != null && trailers.contains("grpc-status") ? trailers : response.getHeaders();
        String text = response.getStatus() == HttpStatus.OK_200
                ? fields.get("grpc-message")
                : "HTTP status " + response.getStatus();
        byte[] message = content != null && content.length > PREFIX
                ? Arrays.copyOfRange(content, PREFIX, content.length)
                : new byte[0];
        return new Answer(status(response, fields), text == null ? "" : text, message);
    }

    private static GrpcStatusCode status(Response response, HttpFields fields) {
        if (response.getStatus() != HttpStatus.OK_200) {
            return GrpcStatusCode.UNAVAILABLE;
        }
        try {
            return GrpcStatusCode.fromValue((int) fields.getLongField("grpc-status"));
        } catch (NumberFormatException e) {
            return GrpcStatusCode.UNKNOWN;
        }
    }

    private record Answer(GrpcStatusCode getStatusCode, String getStatusDescription, byte[] getResponseMessage)
            implements GrpcResponse {}
}
