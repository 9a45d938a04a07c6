package dev.virga.plugin.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Reads only so much of an answer that is read whole into memory: of all but of objects. */
final class BoundedAnswers implements ExecutionInterceptor {

    /** A page of a listing has 1000 keys of 1 KiB, each byte of which may be written as three. */
    private static final int MOST = 8 << 20;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        boolean object = context.request() instanceof GetObjectRequest && context.httpResponse().isSuccessful();
        return object ? context.responseBody() : context.responseBody().map(Bounded::new);
    }

    private static final class Bounded extends FilterInputStream {

        private int left = MOST;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("the answer has more than " + MOST + " bytes");
            }
        }
    }
}
