package dev.virga.cli.conformance;

import java.util.List;
import java.util.Optional;

/**
 * The features that Virga leaves out, and the scripts that are about them. Only what stands here is
 * skipped; whatever else fails is a failure.
 */
final class Gates {

    /** @param path a part of the script's path, with slashes around each name */
    private record Gate(String path, String reason) {}

    private static final String ASYNC = "asynchronous functions, streams and futures: not yet";
    private static final String THREADS = "threads: gated feature";

    static final String TEXT = "module in text format: Virga reads binaries";

    private static final List<Gate> ALL = List.of(
            new Gate("/component-model/async/", ASYNC),
            new Gate("/component-model-threading/", THREADS),
            new Gate("/component-model/memory64/", "memory64 in the Canonical ABI: gated feature"),
            new Gate("/component-model/gc/", "garbage-collected types in the Canonical ABI: gated feature"),
            new Gate("/component-model/fixed_length_lists/", "fixed-length lists: gated feature"));

    private Gates() {}

    /** Why a script is skipped. */
    static Optional<String> reason(Script script) {
        String path = script.file().toAbsolutePath().normalize().toString().replace('\\', '/');
        return ALL.stream().filter(g -> path.contains(g.path())).map(Gate::reason).findFirst();
    }
}
