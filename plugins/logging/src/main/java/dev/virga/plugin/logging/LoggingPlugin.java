package dev.virga.plugin.logging;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.WitFiles;
import dev.virga.wasi.LineRate;
import java.util.List;

/** The rate is a workload's, whatever number of instances it has. */
final class LoggingPlugin implements Plugin {

    private final LogLimits limits;
    private final List<Offered<?>> offered = List.of(
            new WitFiles(LoggingPlugin.class, "logging").offer("wasi:logging/logging@0.1.0-draft", Logging.class));

    LoggingPlugin(LogLimits limits) {
        this.limits = limits;
    }

    @Override
    public List<Offered<?>> offered() {
        return offered;
    }

    @Override
    public Binding bind(Grant grant) {
        grant.settings().allow(List.of());
        LineRate rate = new LineRate(limits.rate(), limits.burst(), System::nanoTime);
        return new Binding() {
            @Override
            public <I> I prepare(Class<I> api, InstanceContext instance) {
                return api.cast(new Logging(instance, rate, limits));
            }
        };
    }

    @Override
    public void close() {}
}
