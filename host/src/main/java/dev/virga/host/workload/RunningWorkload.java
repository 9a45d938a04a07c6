package dev.virga.host.workload;

import dev.virga.component.PreparedComponent;
import dev.virga.component.type.ExternDesc;
import dev.virga.host.workload.ComponentSetup.Reuse;
import dev.virga.plugin.Closing;
import dev.virga.plugin.Handled;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.LogSource;
import dev.virga.telemetry.WorkloadTelemetry;
import dev.virga.wasi.CapabilityListener;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.NetworkQuota;
import dev.virga.wasi.Quota;
import dev.virga.wasi.WasiLimits;
import dev.virga.wasi.http.HttpLimits;
import dev.virga.wasi.http.HttpSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A workload that runs. */
public final class RunningWorkload implements AutoCloseable {

    private final WorkloadSetup setup;
    private final WorkloadRuntime runtime;
    private final WorkloadTelemetry telemetry;
    private final WorkloadBudget budget;
    private final LinkOrder order;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Map<String, ComponentRuntime> components = new HashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final LinkedImports links;
    private final ServedExports served;
    private final Bindings bindings;
    private final WasiLimits wasiLimits;
    private final Map<String, HttpEntry> http = new LinkedHashMap<>();
    private final Optional<ServiceRunner> service;
    private volatile boolean stopping;

    /**
     * Links the components and binds the plugins, which touches nothing outside.
     *
     * @param telemetry counts and logs what it does
     * @throws WorkloadException.Invalid if it cannot run on this host
     * @throws dev.virga.component.ComponentException if components do not fit each other or the host
     * @throws dev.virga.plugin.PluginException if a plugin refuses its settings
     */
    public RunningWorkload(WorkloadSetup setup, WorkloadRuntime runtime, WorkloadTelemetry telemetry) {
        this.setup = setup;
        this.runtime = runtime;
        this.telemetry = telemetry;
        this.budget = new WorkloadBudget(runtime.account(setup.name()), setup.limits(), telemetry);
        this.order = new LinkOrder(setup.all());
        WasiLimits standard = WasiLimits.standard();
        this.wasiLimits = new WasiLimits(
                standard.descriptors(),
                standard.sockets(),
                standard.randomBytes(),
                new NetworkQuota(new Quota(setup.limits().connections()), standard.network().lookups()));
        this.links = new LinkedImports(setup, order, runtime.network(), telemetry.linkCalls());
        checkGrants();
        telemetry.log().limitBytes(setup.limits().logRate());
        try {
            this.bindings = new Bindings(setup.grants(), runtime.plugins());
            parts.add(bindings);
            setup.all().forEach(c -> components.put(c.name(), runtimeOf(c)));
            this.service = setup.service().map(s -> new ServiceRunner(s, serviceEntry(s.component()), telemetry));
            order.exporters(HttpEntry.HANDLER).forEach(c -> http.put(c.name(), new HttpEntry(entry(c), runtime.tracing(), setup.name())));
            checkPools();
            checkImports();
            this.served = new ServedExports(setup, this::entry, budget, runtime, telemetry.linkAnswers());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void checkGrants() {
        GrantCheck check = new GrantCheck(runtime.plugins(), setup.grants());
        for (ComponentSetup component : setup.all()) {
            check.check(
                    component.name(),
                    component.component(),
                    order.met(component.name()),
                    links.of(component.name()).keySet());
        }
    }

    /** Whether somebody calls it or not: one that cannot be called is found out now. */
    private void checkImports() {
        Set<ComponentSetup> linked = new HashSet<>();
        for (ComponentSetup component : setup.all()) {
            order.upTo(component.name()).stream().filter(other -> other != component).forEach(linked::add);
        }
        for (ComponentSetup component : setup.all()) {
            if (!linked.contains(component)) {
                prepare(order.upTo(component.name()));
            }
        }
    }

    private PreparedComponent<List<ComponentContext>> prepare(List<ComponentSetup> linked) {
        return runtime.prepare(linked.stream().map(ComponentSetup::component).toList(), links.offers(linked));
    }

    /** Else one component's warm instances would keep another from ever having any. */
    private void checkPools() {
        int kept = entries.values().stream().mapToInt(Entry::kept).sum() + (service.isPresent() ? 1 : 0);
        if (kept > setup.limits().instances()) {
            throw new WorkloadException.Invalid("its components need " + kept + " instances at least, with those that"
                    + " poolSize keeps, and it may have " + setup.limits().instances()
                    + "; lower poolSize or raise virga.limits.instances");
        }
    }

    private ComponentRuntime runtimeOf(ComponentSetup component) {
        Diagnostics diagnostics = new Diagnostics(
                line -> telemetry.log().line(
                        LogLevel.WARN, Caller.NOBODY.origin(LogSource.HOST, component.name()), line),
                Optional.of(audit(component.name())),
                missing -> ManifestRemedy.of(missing, component.name()));
        HttpSender sender = new HttpSender(
                runtime.clients(),
                component.grants(),
                new HttpLimits(setup.limits().fieldBytes(), component.limits().callTime()),
                wasiLimits.network(),
                diagnostics);
        parts.add(sender);
        return new ComponentRuntime(
                setup.name(),
                component.name(),
                component.grants(),
                component.config(),
                wasiLimits,
                bindings,
                links.of(component.name()),
                sender,
                diagnostics,
                runtime.tracing(),
                telemetry);
    }

    private CapabilityListener audit(String component) {
        return new CapabilityListener() {
            @Override
            public void used(String kind, String target) {
                telemetry.used(component, kind, target, Caller.NOBODY.requestId());
            }

            @Override
            public void refused(String kind, String target) {
                telemetry.refused(component, kind, target, Caller.NOBODY.requestId());
            }
        };
    }

    /** The service's own instance, beside the one that handles its requests. */
    private Entry serviceEntry(ComponentSetup component) {
        if (!(component.component().type().exports().keySet().stream().anyMatch(n -> n.startsWith("wasi:cli/run@")))) {
            throw new WorkloadException.Invalid("the service " + component.name() + " does not export "
                    + ServiceRunner.RUN + ", so there is nothing to run; it exports "
                    + component.component().type().exports().keySet());
        }
        return made(component, Reuse.NONE, component.limits().forService());
    }

    private Entry entry(ComponentSetup component) {
        Entry known = entries.get(component.name());
        if (known == null) {
            boolean ofService = setup.service().filter(s -> s.component() == component).isPresent();
            known = ofService
                    ? made(component, new Reuse(1, 0), component.limits().single())
                    : made(component, component.reuse(), component.limits());
            entries.put(component.name(), known);
        }
        return known;
    }

    private Entry made(ComponentSetup component, Reuse reuse, CallLimits limits) {
        List<ComponentSetup> linked = order.upTo(component.name());
        Entry entry = new Entry(
                linked.stream().map(c -> components.get(c.name())).toList(),
                prepare(linked),
                component.component().engine(),
                reuse,
                limits,
                budget);
        parts.add(entry);
        return entry;
    }

    /**
     * Starts whatever runs by itself: what plugins listen for, warm instances, the service.
     *
     * @throws dev.virga.plugin.PluginException if a plugin cannot start
     * @throws dev.virga.engine.Trap if a component traps while it starts
     */
    public void start() {
        bindings.start(new GuestCalls(handled(), budget, runtime.tracing(), setup.name()));
        entries.values().forEach(Entry::warm);
        service.ifPresent(runner -> {
            parts.add(runner);
            runner.start();
        });
        parts.add(served);
        served.start();
    }

    private Map<Handled<?>, Entry> handled() {
        Map<Handled<?>, Entry> handled = new LinkedHashMap<>();
        for (Handled<?> wanted : runtime.plugins().handled()) {
            String packageName = PluginSet.packageOf(wanted.name());
            if (setup.grants().stream().anyMatch(g -> g.packageName().equals(packageName))) {
                order.exporter(wanted.name()).ifPresent(c -> handled.put(wanted, entry(c)));
            }
        }
        return handled;
    }

    public WorkloadName name() {
        return setup.name();
    }

    /** What answers HTTP requests, by the names of the components that do. */
    public Map<String, HttpEntry> http() {
        return Collections.unmodifiableMap(http);
    }

    public WorkloadState state() {
        return stopping
                ? WorkloadState.STOPPING
                : service.map(s -> s.progress().state()).orElse(WorkloadState.RUNNING);
    }

    /** How the service fares, in words; empty if there is nothing to say. */
    public String message() {
        return service.map(s -> s.progress().message()).orElse("");
    }

    public int restarts() {
        return service.map(s -> s.progress().restarts()).orElse(0);
    }

    /** Bytes that guests hold. */
    public long memory() {
        return budget.memory();
    }

    /** Nanoseconds of processor time that guests have used. */
    public long cpu() {
        return budget.cpu();
    }

    /** How many calls its components are at. */
    public int calls() {
        return entries.values().stream().mapToInt(Entry::calls).sum();
    }

    /** How many instances there are. */
    public int instances() {
        return budget.instances();
    }

    /** Takes no more calls but by HTTP, and waits for the ends of those under way. */
    public void drain(Duration grace) throws InterruptedException {
        Together.forEach(
                List.<Together.Task<Duration>>of(served::drain, bindings::drain), each -> each.on(grace));
    }

    /** Stops everything, the service first, and calls that are still under way. */
    @Override
    public void close() {
        stopping = true;
        List<AutoCloseable> all = List.copyOf(parts);
        parts.clear();
        Closing.all(all);
    }
}
