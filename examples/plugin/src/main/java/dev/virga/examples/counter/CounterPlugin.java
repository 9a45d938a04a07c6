package dev.virga.examples.counter;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.WitFiles;
import java.util.List;

final class CounterPlugin implements Plugin {

    private final List<Offered<?>> offered = List.of(
            new WitFiles(CounterPlugin.class, "counter").offer("example:counter/counter@0.1.0", Counter.class));

    @Override
    public List<Offered<?>> offered() {
        return offered;
    }

    /** Second phase: only checks. The numbers are the workload's own. */
    @Override
    public Binding bind(Grant grant) {
        grant.settings().allow(List.of("most"));
        int most = grant.settings().number("most", 1, 10_000).orElse(100);
        Numbers numbers = new Numbers(most, grant.limits().keyBytes());
        return new Binding() {
            /** Third phase: quick. */
            @Override
            public <I> I prepare(Class<I> api, InstanceContext instance) {
                return api.cast(new Counter(grant, instance, numbers));
            }
        };
    }

    @Override
    public void close() {}
}
