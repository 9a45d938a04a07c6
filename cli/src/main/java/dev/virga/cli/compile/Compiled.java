package dev.virga.cli.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.EngineUse;
import dev.virga.cli.Size;
import java.time.Duration;
import java.util.Locale;

/**
 * What became of a file.
 *
 * @param codeSize in bytes
 * @param cached whether it had been compiled before
 * @param time that compiling took, or reading what was there
 */
record Compiled(String file, EngineUse engine, long codeSize, boolean cached, Duration time) {

    String text() {
        return file + ": engine " + engine.text() + ", " + Size.text(codeSize) + " of code, "
                + (cached ? "already compiled" : String.format(Locale.ROOT, "compiled in %.2f s", seconds()));
    }

    void json(ObjectNode node) {
        node.put("file", file);
        engine.json(node.putObject("engine"));
        node.put("codeSize", codeSize).put("cached", cached).put("seconds", seconds());
    }

    private double seconds() {
        return time.toMillis() / 1000.0;
    }
}
