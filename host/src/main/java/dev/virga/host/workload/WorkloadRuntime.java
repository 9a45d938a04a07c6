package dev.virga.host.workload;

import dev.virga.component.Component;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.telemetry.Tracing;
import dev.virga.wasi.WasiLinker;
import dev.virga.wasi.http.HttpClients;
import dev.virga.wasi.http.HttpLinker;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the workloads of a host share: what is offered to components, and components linked already. */
public final class WorkloadRuntime implements AutoCloseable {

    private final PluginSet plugins;
    private final Tracing tracing;
    private final Linker<ComponentContext> linker = new Linker<>();
    private final HttpClients clients = new HttpClients(HttpClients::newTls);

    /** Workloads of the same components share what is made of them, as long as one of them is there. */
    private final Map<List<Component>, WeakReference<PreparedComponent<List<ComponentContext>>>> prepared =
            new ConcurrentHashMap<>();

    /**
     * @param plugins outlive this
     * @param fieldBytes of one set of HTTP headers or trailers
     */
    public WorkloadRuntime(PluginSet plugins, Tracing tracing, int fieldBytes) {
        this.plugins = plugins;
        this.tracing = tracing;
        WasiLinker.define(linker, ComponentContext::wasi);
        HttpLinker.define(linker, fieldBytes, ComponentContext::sender);
        plugins.offer(linker);
    }

    Tracing tracing() {
        return tracing;
    }

    HttpClients clients() {
        return clients;
    }

    PluginSet plugins() {
        return plugins;
    }

    PreparedComponent<List<ComponentContext>> prepare(List<Component> components) {
        WeakReference<PreparedComponent<List<ComponentContext>>> known = prepared.get(components);
        PreparedComponent<List<ComponentContext>> ready = known == null ? null : known.get();
        if (ready == null) {
            prepared.values().removeIf(reference -> reference.get() == null);
            ready = linker.prepare(components);
            prepared.put(components, new WeakReference<>(ready));
        }
        return ready;
    }

    /** All its workloads are closed before. */
    @Override
    public void close() {
        clients.close();
    }
}
