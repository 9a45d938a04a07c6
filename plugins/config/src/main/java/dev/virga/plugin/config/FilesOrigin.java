package dev.virga.plugin.config;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The files of a folder, read again when they change. */
final class FilesOrigin implements Origin {

    private final String path;
    private final Tenants tenants;
    private final Folders folders;

    FilesOrigin(String backend, Settings settings, Folders folders) {
        settings.allow(List.of("path", "namespaces"));
        this.path = settings.required("path");
        this.tenants = new Tenants(backend, settings);
        this.folders = folders;
        try {
            if (!Path.of(path).isAbsolute()) {
                throw new PluginException.Refused("\"path\" must be an absolute path, but is " + path);
            }
        } catch (InvalidPathException e) {
            throw new PluginException.Refused("\"path\" is no path: " + path);
        }
    }

    @Override
    public Opened open(WorkloadName workload) {
        tenants.check(workload);
        Path folder = Path.of(tenants.place(path, workload)).normalize();
        return new Opened() {
            private volatile Folder opened;

            @Override
            public void start() {
                opened = folders.open(folder);
            }

            @Override
            public Values values() {
                Folder now = opened;
                return now == null ? Values.NONE : now.values();
            }

            @Override
            public void close() {
                if (opened != null) {
                    folders.close(opened);
                    opened = null;
                }
            }
        };
    }
}
