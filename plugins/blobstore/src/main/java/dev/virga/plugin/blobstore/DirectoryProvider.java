package dev.virga.plugin.blobstore;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The kind {@code directory}: files in a folder of the host. */
public final class DirectoryProvider implements BlobBackendProvider {

    static final String KIND = "directory";

    private static final String BYTES = "namespace-bytes";
    private static final long DEFAULT_BYTES = 10L << 30;
    private static final long MOST_BYTES = 256L << 40;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public BlobBackend open(Settings settings, PluginHost host) {
        settings.allow(List.of("path", BYTES));
        Path root = settings.text("path").map(Path::of).orElseGet(() -> host.data().resolve("objects"));
        if (!root.isAbsolute() && settings.text("path").isPresent()) {
            throw new PluginException.Refused("the setting \"path\" must be an absolute path");
        }
        try {
            return DirectoryBackend.open(root, settings.bytes(BYTES, 1, MOST_BYTES).orElse(DEFAULT_BYTES));
        } catch (IOException e) {
            throw new PluginException.Unavailable("the folder " + root + " cannot be used: " + e, e);
        }
    }
}
