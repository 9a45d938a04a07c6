package dev.virga.cli.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The features that Virga leaves out, and the scripts and commands that are about them. Only what
 * stands here is skipped; whatever else fails is a failure.
 */
final class Gates {

    /**
     * @param path a part of the script's path, with slashes around each name
     * @param from the first line of the {@code .wast} file
     * @param to the last line
     */
    private record Gate(String path, int from, int to, String reason) {

        Gate(String path, String reason) {
            this(path, 0, Integer.MAX_VALUE, reason);
        }
    }

    static final String TEXT = "module in text format: Virga reads binaries";

    private static final String OTHER_HOST = "expects a host that lacks a feature or restricts root components";

    private static final List<Gate> ALL = List.of(
            new Gate("/component-model/memory64/", "memory64 in the Canonical ABI: gated feature"),
            new Gate("/component-model/gc/", "garbage-collected types in the Canonical ABI: gated feature"),
            new Gate("/wasmtime/component-model/implements-disabled/", OTHER_HOST),
            new Gate("/wasmtime/component-model/import/", 2, 2, OTHER_HOST),
            new Gate("/wasmtime/component-model/simple/", 25, 31, OTHER_HOST),
            new Gate("/wasmtime/component-model/restrictions/", OTHER_HOST));

    /** By the names of engines: features whose lack is known, in the words of {@code ModuleException.Unsupported}. */
    private static final Map<String, Set<String>> LACKING = Map.of(
            "native",
            Set.of("garbage collection", "typed function references", "exceptions", "64-bit memory", "64-bit table"));

    private Gates() {}

    /** Whether an engine is known to lack a feature. */
    static boolean lacks(String engine, String feature) {
        return LACKING.getOrDefault(engine, Set.of()).contains(feature);
    }

    /** Why an engine skips a command. */
    static Optional<String> reason(String engine, ScriptFile script, Command command) {
        if (command.source().filter(s -> s.binary().isEmpty()).isPresent()) {
            return Optional.of(TEXT);
        }
        if (script.slashed().contains("/core/")) {
            return CoreGates.reason(engine, script.stem(), command.line());
        }
        return ALL.stream()
                .filter(g -> script.slashed().contains(g.path()) && g.from() <= command.line() && command.line() <= g.to())
                .map(Gate::reason)
                .findFirst();
    }
}
