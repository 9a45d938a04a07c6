package dev.virga.host;

import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import dev.virga.plugin.WorkloadName;

/** An object that was applied. */
record WorkloadId(Kind kind, WorkloadName name) {

    static WorkloadId of(Manifest manifest) {
        return new WorkloadId(
                manifest.kind(), new WorkloadName(manifest.metadata().namespace(), manifest.metadata().name()));
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
