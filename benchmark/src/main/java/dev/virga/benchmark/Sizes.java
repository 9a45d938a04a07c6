package dev.virga.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What is shipped and stored. */
final class Sizes {

    private Sizes() {}

    static void run(Plan plan, Workspace workspace, Recorder recorder) throws IOException, InterruptedException {
        recorder.now("size");
        byte[] component = Files.readAllBytes(workspace.component());
        record(recorder, "component", Recorder.VIRGA, component.length);
        record(recorder, "component, compressed with gzip", Recorder.VIRGA, gzip(component));
        record(recorder, "compiled code on disk", Recorder.VIRGA, compiled(plan, workspace));
        plan.image().ifPresent(bytes -> record(recorder, "container image that does the same", Recorder.OTHER, bytes));
    }

    private static void record(Recorder recorder, String name, String server, long bytes) {
        recorder.less(Group.SIZE, name, server, "KiB", bytes / 1024.0);
    }

    private static long gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.size();
    }

    private static long compiled(Plan plan, Workspace workspace) throws InterruptedException {
        Path cache = workspace.fresh();
        List<String> command = new ArrayList<>(plan.virga());
        command.addAll(List.of("compile", workspace.component().toString()));
        try (ServerProcess process = new ServerProcess(command, Map.of("XDG_CACHE_HOME", cache.toString()))) {
            if (process.awaitEnd() != 0) {
                throw process.failed("cannot compile the component");
            }
        }
        return Workspace.size(cache);
    }
}
