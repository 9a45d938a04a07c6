package dev.virga.plugin.testkit;

import dev.virga.component.Component;
import dev.virga.component.HostInterface;
import dev.virga.component.Linker;
import dev.virga.engine.Engine;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Limits;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import dev.virga.wasi.WasiLinker;
import dev.virga.wit.PackageName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** One plugin and nothing else. Closes the plugin. */
public final class TestHost implements AutoCloseable {

    private final Engine engine = NativeEngine.missing().isEmpty()
            ? new NativeEngine(Optional.empty())
            : new PortableEngine(Optional.empty());
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Plugin plugin;
    private final Linker<TestInstance> linker = new Linker<>();

    /** @param data an empty folder that the caller removes */
    public TestHost(PluginProvider provider, Path data, Map<String, PluginHost.Backend> backends) {
        this.plugin = provider.open(new PluginHost() {
            @Override
            public Path data() {
                return data;
            }

            @Override
            public Map<String, Backend> backends() {
                return Map.copyOf(backends);
            }

            @Override
            public void log(String line) {
                log.add(line);
            }
        });
        WasiLinker.define(linker, TestInstance::wasi);
        plugin.offered().forEach(this::offer);
    }

    private <I> void offer(Offered<I> offered) {
        PackageName id = offered.wit().id().packageName();
        String packageName = id.namespace() + ":" + id.name();
        HostInterface<TestInstance> offer = HostInterface.of(
                offered.wit(),
                offered.api(),
                (TestInstance instance, Optional<String> name) ->
                        instance.prepare(packageName, name, offered.api()));
        for (Map.Entry<String, Class<?>> resource : offered.resources().entrySet()) {
            offer = offer.resource(resource.getKey(), resource.getValue());
        }
        linker.define(offer);
    }

    /** Lines that the plugin logged. */
    public List<String> log() {
        return List.copyOf(log);
    }

    public Plugin plugin() {
        return plugin;
    }

    /** Binds the plugin for a workload of one component, and starts it. */
    public TestWorkload start(WorkloadName name, byte[] component, Grant... grants) {
        TestWorkload workload = new TestWorkload(
                name, linker.prepare(Component.load(engine, component)), engine, plugin, List.of(grants));
        workload.start();
        return workload;
    }

    /** An unnamed entry with these settings, each {@code NAME=VALUE}. */
    public static Grant grant(WorkloadName workload, String packageName, Set<String> interfaces, String... settings) {
        Settings all = Settings.NONE;
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            all = all.with(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new Grant(
                workload, packageName, interfaces, Optional.empty(), Optional.empty(), all, Limits.DEFAULT);
    }

    @Override
    public void close() {
        try (engine) {
            plugin.close();
        }
    }
}
