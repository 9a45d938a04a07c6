package dev.virga.host;

import dev.virga.host.manifest.Manifest;
import dev.virga.plugin.WorkloadName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Kinds that run share their names: logs and metrics know them by these. */
final class Names {

    private final Map<WorkloadName, WorkloadId> taken = new HashMap<>();

    Names(Collection<Manifest> objects) {
        objects.stream().filter(m -> m.kind().runs()).map(WorkloadId::of).forEach(id -> taken.put(id.name(), id));
    }

    /** @throws HostException.Refused if something of another kind has this name */
    void take(Manifest manifest) {
        if (!manifest.kind().runs()) {
            return;
        }
        WorkloadId id = WorkloadId.of(manifest);
        WorkloadId other = taken.putIfAbsent(id.name(), id);
        if (other != null && !other.equals(id)) {
            throw new HostException.Refused(id + " cannot be applied: there is " + other
                    + "; delete that first, or choose another name");
        }
    }
}
