package dev.virga.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What is live on another JVM's heap, by the JDK's {@code jcmd}. */
final class LiveHeap {

    private LiveHeap() {}

    /** Bytes after a full collection; nothing if this is no JDK, or that process no JVM of this user. */
    static OptionalLong of(long pid) throws InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return OptionalLong.empty();
        }
        try {
            Process process = new ProcessBuilder(List.of(jcmd.toString(), Long.toString(pid), "GC.class_histogram"))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes());
            process.waitFor(10, TimeUnit.SECONDS);
            return output.lines()
                    .filter(line -> line.startsWith("Total "))
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length == 3)
                    .mapToLong(words -> Long.parseLong(words[2]))
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
