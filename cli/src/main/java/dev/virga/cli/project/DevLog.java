package dev.virga.cli.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.wasi.Harmless;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The log of a host that one developer looks at: shorter lines, and backtraces with a line for each frame. */
final class DevLog extends OutputStream {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String FRAME = ", at ";

    private final PrintStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    DevLog(PrintStream out) {
        this.out = out;
    }

    /** A line of its own. */
    void line(String text) {
        out.println(LocalTime.now().format(TIME) + " " + text);
    }

    /** Takes lines of JSON, as {@code LogFormat.JSON} writes them. */
    @Override
    public synchronized void write(int b) throws IOException {
        if (b != '\n') {
            line.write(b);
            return;
        }
        JsonNode read = JSON.readTree(line.toByteArray());
        line.reset();
        String component = read.path("component").asText();
        String level = read.path("level").asText();
        line((level.equals("info") ? "" : level.toUpperCase(Locale.ROOT) + " ")
                + (component.isEmpty() ? "" : component + ": ")
                + message(read.path("message").asText()));
    }

    private static String message(String text) {
        String harmless = Harmless.text(text);
        return harmless.contains("trapped: ") ? harmless.replace(FRAME, "\n    at ") : harmless;
    }

    @Override
    public void flush() {
        out.flush();
    }
}
