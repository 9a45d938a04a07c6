package dev.virga.host.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.host.manifest.Kind;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where objects are applied: a host, or a cluster. What it answers is JSON as docs/host.md has it; a cluster leaves out
 * what it does not know. Every call throws {@link ControlException.Unreachable} if nobody answers, and {@link
 * ControlException.Refused} if it is not done.
 */
public interface ControlPlane extends AutoCloseable {

    /** @param yaml manifests; with {@code file:} images as the host sees them */
    JsonNode apply(String yaml);

    /** @param query {@code kind}, {@code namespace}, {@code name}, {@code secrets}, {@code after} and {@code wait} */
    JsonNode objects(Map<String, String> query);

    JsonNode object(Kind kind, String namespace, String name);

    /** Returns when it has stopped. */
    JsonNode delete(Kind kind, String namespace, String name);

    JsonNode scale(Kind kind, String namespace, String name, int replicas);

    /**
     * Lines of a workload's log. Returns after the last one; with {@code follow} that is when the workload is gone
     * or this thread is interrupted.
     *
     * @param query {@code tail}, {@code follow}, {@code component} and {@code format}
     */
    void logs(String namespace, String name, Map<String, String> query, Consumer<String> lines);

    @Override
    void close();
}
