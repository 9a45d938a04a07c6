package dev.virga.component.concurrency;

import dev.virga.component.StreamReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Streams of the host that give what the test feeds them, and block meanwhile. */
final class Source {

    /** Each is what one read gives; an empty one is the end. */
    private final BlockingQueue<List<Object>> chunks = new LinkedBlockingQueue<>();

    final CountDownLatch reading = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    final AtomicInteger closings = new AtomicInteger();

    Source feed(Object... values) {
        chunks.add(List.of(values));
        return this;
    }

    Source end() {
        return feed();
    }

    private List<Object> next() throws InterruptedException {
        reading.countDown();
        try {
            return chunks.take();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private void closeOnce() {
        closings.incrementAndGet();
        closed.countDown();
    }

    InputStream bytes() {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException("read one byte at a time");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                List<Object> chunk;
                try {
                    chunk = next();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
                for (int i = 0; i < chunk.size(); i++) {
                    buffer[offset + i] = (byte) (int) chunk.get(i);
                }
                return chunk.isEmpty() ? -1 : chunk.size();
            }

            @Override
            public void close() {
                closeOnce();
            }
        };
    }

    StreamReader<Object> values() {
        return new StreamReader<>() {
            @Override
            public List<Object> read(int max) {
                try {
                    return next();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("interrupted");
                }
            }

            @Override
            public void close() {
                closeOnce();
            }
        };
    }
}
