package dev.virga.host.workload;

import dev.virga.component.Component;
import dev.virga.wasi.WasiGrants;
import java.util.Map;

/**
 * A component of a workload, loaded.
 *
 * @param name in the manifest
 * @param config settings of this component alone
 */
public record ComponentSetup(
        String name,
        Component component,
        WasiGrants grants,
        Map<String, String> config,
        Reuse reuse,
        CallLimits limits) {

    public ComponentSetup {
        config = Map.copyOf(config);
    }

    /**
     * Whether an instance serves more than one call. A guest's instance serves one call at a time: what may be
     * called concurrently is only known of WASI 0.3.
     *
     * @param poolSize how many instances are kept warm; 0 makes a new one for each call
     * @param maxInvocations after how many calls an instance is let go; 0 for never
     */
    public record Reuse(int poolSize, int maxInvocations) {

        public static final Reuse NONE = new Reuse(0, 0);
    }
}
