package dev.virga.host.workload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a workload calls on other hosts, and what others may call of it. */
public record LinkSetup(List<Import> imports, List<Export> exports) {

    public static final LinkSetup NONE = new LinkSetup(List.of(), List.of());

    public LinkSetup {
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
    }

    /** A component of a workload. */
    public record Target(String namespace, String workload, String component) {}

    /**
     * @param component that imports it; empty for all that do
     * @param deadline of a call
     */
    public record Import(String interfaceName, Optional<String> component, Target to, Duration deadline) {}

    /**
     * @param component that exports it; empty for all that do
     * @param namespaces whose workloads may call
     */
    public record Export(String interfaceName, Optional<String> component, List<String> namespaces) {
        public Export {
            namespaces = List.copyOf(namespaces);
        }
    }
}
