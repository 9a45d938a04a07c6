package dev.virga.host.manifest;

import java.util.List;

/**
 * What was read.
 *
 * @param skipped documents of other kinds, which are some other tool's
 */
public record Manifests(List<Manifest> all, List<Foreign> skipped) {

    public Manifests {
        all = List.copyOf(all);
        skipped = List.copyOf(skipped);
    }

    /** A document of another kind. */
    public record Foreign(String apiVersion, String kind) {}
}
