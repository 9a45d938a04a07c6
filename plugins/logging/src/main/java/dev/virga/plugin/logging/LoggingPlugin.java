package dev.virga.plugin.logging;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.wasi.LineRate;
import dev.virga.wasi.WasiWit;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The rate is a workload's, whatever number of instances it has. */
final class LoggingPlugin implements Plugin {

    private final LogLimits limits;
    private final List<Offered<?>> offered = List.of(new Offered<>(wit(), Logging.class));

    LoggingPlugin(LogLimits limits) {
        this.limits = limits;
    }

    private static Interface wit() {
        String path = "/wit/logging.wit";
        try (InputStream in = LoggingPlugin.class.getResourceAsStream(path)) {
            return WasiWit.interfaces(Source.of(path, in.readAllBytes()))
                    .findInterface(Id.parse("wasi:logging/logging@0.1.0-draft").orElseThrow())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
