package dev.virga.host.workload;

import dev.virga.component.CallTrace;
import dev.virga.component.Component;
import dev.virga.component.Linker;
import dev.virga.component.Offer;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Account;
import dev.virga.link.LinkNetwork;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.Tracing;
import dev.virga.wasi.WasiLinker;
import dev.virga.wasi.http.HttpClients;
import dev.virga.wasi.http.HttpLinker;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the workloads of a host share: what is offered to components, and components linked already. */
public final class WorkloadRuntime implements AutoCloseable {

    /** Packages that every component may import; what it reaches through them its grants decide. */
    public static final Set<String> BUILT_IN = Set.of(
            "wasi:io", "wasi:cli", "wasi:clocks", "wasi:filesystem", "wasi:random", "wasi:sockets", "wasi:http");

    private final PluginSet plugins;
    private final Tracing tracing;
    private final Linker<ComponentContext> linker = new Linker<>();
    private final HttpClients clients = new HttpClients(HttpClients::newTls);

    /** Workloads of the same components share what is made of them, as long as one of them is there. */
    private final Map<Linked, WeakReference<PreparedComponent<List<ComponentContext>>>> prepared =
            new ConcurrentHashMap<>();

    /** What engines know of a workload, as long as one of its replicas is there. */
    private final Map<WorkloadName, WeakReference<Account>> accounts = new HashMap<>();

    private final Optional<LinkNetwork> network;

    /** @param links imports that components on other hosts answer */
    private record Linked(List<Same> components, Set<String> links) {}

    /** Equal for the same component, which it does not keep. */
    private static final class Same extends WeakReference<Component> {

        private final int hash;

        Same(Component component) {
            super(component);
            this.hash = component.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Same same && get() instanceof Component mine && same.refersTo(mine);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /**
     * @param plugins outlive this
     * @param network of links, if the host has any; outlives this
     * @param fieldBytes of one set of HTTP headers or trailers
     * @param trace is told of each call that guests make
     */
    public WorkloadRuntime(
            PluginSet plugins,
            Tracing tracing,
            int fieldBytes,
            Optional<LinkNetwork> network,
            Optional<CallTrace> trace) {
        this.plugins = plugins;
        this.tracing = tracing;
        this.network = network;
        WasiLinker.define(linker, ComponentContext::wasi);
        HttpLinker.define(linker, fieldBytes, ComponentContext::outgoing);
        plugins.offer(linker);
        trace.ifPresent(linker::trace);
    }

    Tracing tracing() {
        return tracing;
    }

    Optional<LinkNetwork> network() {
        return network;
    }

    HttpClients clients() {
        return clients;
    }

    PluginSet plugins() {
        return plugins;
    }

    /** @param links offered beside what all workloads are */
    PreparedComponent<List<ComponentContext>> prepare(List<Component> components, Map<String, Offer> links) {
        Linked key = new Linked(components.stream().map(Same::new).toList(), links.keySet());
        WeakReference<PreparedComponent<List<ComponentContext>>> known = prepared.get(key);
        PreparedComponent<List<ComponentContext>> ready = known == null ? null : known.get();
        if (ready == null) {
            prepared.values().removeIf(reference -> reference.get() == null);
            ready = with(links).prepare(components);
            prepared.put(key, new WeakReference<>(ready));
        }
        return ready;
    }

    /** Of all replicas of a workload. */
    synchronized Account account(WorkloadName workload) {
        WeakReference<Account> known = accounts.get(workload);
        Account account = known == null ? null : known.get();
        if (account == null) {
            accounts.values().removeIf(reference -> reference.get() == null);
            account = new Account();
            accounts.put(workload, new WeakReference<>(account));
        }
        return account;
    }

    private Linker<ComponentContext> with(Map<String, Offer> links) {
        if (links.isEmpty()) {
            return linker;
        }
        Linker<ComponentContext> all = new Linker<>(linker);
        links.forEach(all::define);
        return all;
    }

    /** All its workloads are closed before. */
    @Override
    public void close() {
        clients.close();
    }
}
