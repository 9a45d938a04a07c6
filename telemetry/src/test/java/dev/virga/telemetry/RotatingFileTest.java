package dev.virga.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {

    @TempDir
    Path folder;

    private static byte[] line(char c, int length) {
        return ((c + "").repeat(length - 1) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private String first(String name) throws IOException {
        return Files.readString(folder.resolve(name)).substring(0, 1);
    }

    @Test
    void aFileThatCannotBeRenamedForAWhileLosesNoOlderOnes() throws IOException {
        Path file = folder.resolve("log");
        try (RotatingFile out = new RotatingFile(file, 100, 2)) {
            out.write(line('a', 90));
            out.write(line('b', 90));
            out.write(line('c', 90));
            // Cannot be replaced by a rename.
            Files.delete(folder.resolve("log.2"));
            Files.createDirectories(folder.resolve("log.2/busy"));
            for (int i = 0; i < 3; i++) {
                assertThrows(IOException.class, () -> out.write(line('d', 90)));
            }
            assertEquals("b", first("log.1"));
            assertEquals("c", first("log"));
            Files.delete(folder.resolve("log.2/busy"));
            Files.delete(folder.resolve("log.2"));
            out.write(line('e', 90));
        }
        assertEquals("b", first("log.2"));
        assertEquals("c", first("log.1"));
        assertEquals("e", Files.readString(file).strip().substring(0, 1));
    }

    @Test
    void withoutOldFilesItBeginsAgain() throws IOException {
        try (RotatingFile out = new RotatingFile(folder.resolve("log"), 100, 0)) {
            out.write(line('a', 90));
            out.write(line('b', 90));
        }
        assertEquals("b", first("log"));
        assertFalse(Files.exists(folder.resolve("log.1")));
    }
}
