package dev.virga.host;

import dev.virga.engine.Trap;
import dev.virga.oci.ImageException;
import dev.virga.plugin.PluginException;

/** Failures of workloads as words, and whether they may pass. */
final class Failures {

    private Failures() {}

    static String text(Throwable failure) {
        return switch (failure) {
            case Trap trap -> "a component trapped while it started: " + trap.getMessage();
            case StackOverflowError _ -> "a component needs more stack than there is";
            case OutOfMemoryError _ -> "the host has no memory for it";
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }

    /** Whether it is worth trying again without anybody changing the manifest. */
    static boolean mayPass(Throwable failure) {
        return failure instanceof ImageException.Unreachable
                || failure instanceof ImageException.Missing
                || failure instanceof PluginException.Unavailable
                || failure instanceof OutOfMemoryError;
    }
}
