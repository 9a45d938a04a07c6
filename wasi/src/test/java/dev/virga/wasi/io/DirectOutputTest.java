package dev.virga.wasi.io;

import static dev.virga.wasi.io.Results.error;
import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DirectOutputTest {

    @Test
    void bytesAreInTheSinkWhenTheWriteReturns() {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        value(new DirectOutput(sink).write(new byte[] {1, 2, 3}));
        assertArrayEquals(new byte[] {1, 2, 3}, sink.toByteArray());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "words it otherwise")
    void aReaderThatHasGoneIsTheEndOfTheStream() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        try (Pipe.SinkChannel sink = pipe.sink()) {
            DirectOutput output = new DirectOutput(Channels.newOutputStream(sink));
            assertInstanceOf(StreamError.Closed.class, error(output.write(new byte[100])));
            assertInstanceOf(StreamError.Closed.class, error(output.checkWrite()));
        }
    }

    @Test
    void anotherFailureOfTheSinkIsReportedOnceAndThenTheStreamIsClosed() {
        DirectOutput output = new DirectOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        assertInstanceOf(StreamError.LastOperationFailed.class, error(output.write(new byte[1])));
        assertInstanceOf(StreamError.Closed.class, error(output.write(new byte[1])));
    }
}
