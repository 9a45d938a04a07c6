package dev.virga.cli.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pod's volumes, as far as a workload has such. */
final class Volumes {

    private final Map<String, Commented> volumes = new LinkedHashMap<>();
    private final Map<String, String> without = new LinkedHashMap<>();
    private final Set<String> mounted = new LinkedHashSet<>();

    Volumes(Item pod) {
        pod.at("volumes").list().forEach(this::add);
    }

    private void add(Item volume) {
        String name = volume.at("name").required();
        Commented entry = new Commented().put("name", name);
        if (volume.at("emptyDir").node().isPresent()) {
            if (volume.at("emptyDir").keys().contains("sizeLimit")) {
                entry.note("Its sizeLimit has no equivalent.");
            }
            volumes.put(name, entry.put("ephemeral", Commented.NOTHING));
        } else if (volume.at("hostPath").isThere()) {
            entry.note("The host must allow this path, by --allow-host-path.");
            String path = volume.at("hostPath", "path").required();
            volumes.put(name, entry.put("hostPath", new Commented().put("path", path)));
        } else if (volume.at("configMap").isThere() || volume.at("secret").isThere()) {
            without.put(name, "are no files here; read it with wasi:config, or from the environment");
        } else if (volume.at("persistentVolumeClaim").isThere()) {
            without.put(name, "cannot follow a workload; keep data with wasi:blobstore or wasi:keyvalue");
        } else {
            without.put(name, "has no equivalent");
        }
    }

    /** What of it a component mounts, with a note on what it cannot. */
    void mount(Item container, Commented resources) {
        List<Commented> mounts = new ArrayList<>();
        for (Item mount : container.at("volumeMounts").list()) {
            String name = mount.at("name").required();
            if (volumes.containsKey(name)) {
                mounted.add(name);
                mounts.add(mount(name, mount));
            } else {
                resources.note("TODO " + mount.at("mountPath").required() + ": the volume " + name + " "
                        + without.getOrDefault(name, "is not among the pod's") + ".");
            }
        }
        resources.put("volumeMounts", mounts);
    }

    private static Commented mount(String name, Item mount) {
        Commented entry = new Commented();
        mount.at("subPath").text().ifPresent(path ->
                entry.note("TODO the subPath " + path + " has no equivalent: all of the volume is here."));
        entry.put("name", name).put("mountPath", mount.at("mountPath").required());
        if (mount.at("readOnly").text().filter("true"::equals).isPresent()) {
            entry.put("readOnly", true);
        }
        return entry;
    }

    /** Those that something mounts. */
    List<Commented> used() {
        return mounted.stream().map(volumes::get).toList();
    }
}
