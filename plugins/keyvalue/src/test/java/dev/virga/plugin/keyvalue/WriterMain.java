package dev.virga.plugin.keyvalue;

import dev.virga.plugin.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Writes for ever, or until it fails, by several threads; prints a line for each key that it was told is stored. */
final class WriterMain {

    private WriterMain() {}

    /** @param args folder, threads, bytes of a value */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int size = Integer.parseInt(args[2]);
        Backend backend = new EmbeddedKind().open(
                new BackendKind.Opening("embedded", Settings.NONE, () -> folder, System.err::println));
        Bucket bucket = backend.bucket("a", "b", size);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        Thread[] threads = new Thread[Integer.parseInt(args[1])];
        for (int t = 0; t < threads.length; t++) {
            String name = "thread " + t;
            threads[t] = Thread.ofVirtual().start(() -> write(bucket, name, size, out));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void write(Bucket bucket, String name, int size, OutputStream out) {
        try {
            for (int i = 0; ; i++) {
                String key = name + " " + i;
                byte[] value = new byte[size];
                java.util.Arrays.fill(value, (byte) key.hashCode());
                bucket.set(key, value, Optional.empty());
                out.write((key + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (KeyValueException | IOException e) {
            System.err.println(name + ": " + e.getMessage());
        }
    }
}
