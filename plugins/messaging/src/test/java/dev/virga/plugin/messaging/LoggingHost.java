package dev.virga.plugin.messaging;

import dev.virga.plugin.PluginHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A host that only takes log lines. */
public record LoggingHost(List<String> lines) implements PluginHost {

    @Override
    public Path data() {
        throw new IllegalStateException("messages are not kept in files");
    }

    @Override
    public Map<String, Backend> backends() {
        return Map.of();
    }

    @Override
    public void log(String line) {
        lines.add(line);
    }
}
