package dev.virga.host.workload;

import dev.virga.engine.Limiter;
import dev.virga.link.LinkAddress;
import dev.virga.plugin.CallSpan;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.LogSource;
import dev.virga.wasi.Stdio;
import dev.virga.wasi.WasiContext;
import dev.virga.wasi.http.OutgoingHandler;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the host knows of one component in an instance of a workload. */
final class ComponentContext implements InstanceContext, AutoCloseable {

    private final ComponentRuntime component;
    private final Limiter limiter;
    private final GuestOutput out;
    private final GuestOutput err;
    private final WasiContext wasi;
    private final List<AutoCloseable> resources = new ArrayList<>(0);
    private Caller caller = Caller.NOBODY;

    ComponentContext(ComponentRuntime component, Limiter limiter) {
        this.component = component;
        this.limiter = limiter;
        this.out = new GuestOutput(() -> lines(LogLevel.INFO, LogSource.GUEST_STDOUT));
        this.err = new GuestOutput(() -> lines(LogLevel.WARN, LogSource.GUEST_STDERR));
        this.wasi = new WasiContext(
                component.grants(), Stdio.of(out, err), component.wasiLimits(), component.diagnostics());
    }

    private OutputStream lines(LogLevel level, LogSource source) {
        return component.telemetry().log().stream(level, caller.origin(source, component()));
    }

    void beginCall(Caller next) {
        caller = next;
    }

    void endCall() {
        out.endCall();
        err.endCall();
    }

    Caller caller() {
        return caller;
    }

    /** What answers calls of a function of a linked import. */
    Function<Object[], Object> remote(String importName, String function) {
        RemoteFunction remote = component.links().get(importName).get(function);
        return arguments -> remote.call(this, arguments);
    }

    /** For the audit log. */
    void usedLink(LinkAddress to) {
        component.telemetry().used(component(), "link", to.toString(), requestId());
    }

    OutgoingHandler outgoing() {
        return new OutgoingHandler(
                component.sender(),
                (method, scheme, host, port, path) ->
                        new TracedRequest(caller.span().outgoing(method, scheme, host, port, path)));
    }

    /** An implementation for an import of this component. */
    <I> I prepare(String packageName, Optional<String> name, Class<I> api) {
        Bindings.Bound bound = component.bindings()
                .find(packageName, name)
                .orElseThrow(() -> new IllegalStateException("an import that is not granted was linked"));
        return bound.binding().prepare(api, this);
    }

    @Override
    public WorkloadName workload() {
        return component.workload();
    }

    @Override
    public String component() {
        return component.name();
    }

    @Override
    public Map<String, String> config() {
        return component.config();
    }

    @Override
    public String requestId() {
        return caller.requestId();
    }

    @Override
    public boolean traced() {
        return component.tracing().on();
    }

    @Override
    public CallSpan storing(String system, String operation, String namespace) {
        return caller.span().storing(system, operation, namespace);
    }

    @Override
    public CallSpan sending(String system, String operation, String destination) {
        return caller.span().sending(system, operation, destination);
    }

    @Override
    public Limiter limiter() {
        return limiter;
    }

    @Override
    public WasiContext wasi() {
        return wasi;
    }

    @Override
    public void log(LogLevel level, String context, String message) {
        component.telemetry()
                .log()
                .line(
                        level,
                        caller.origin(LogSource.GUEST_LOG, component()),
                        context.isEmpty() ? message : context + ": " + message);
    }

    @Override
    public void used(Grant grant, String what) {
        component.telemetry().used(component(), grant.packageName(), what, requestId());
    }

    @Override
    public void refused(Grant grant, String what, String remedy) {
        component.telemetry().refused(component(), grant.packageName(), what, requestId());
        component.diagnostics().refused(grant.toString(), what, remedy);
    }

    @Override
    public void onClose(AutoCloseable resource) {
        resources.add(resource);
    }

    @Override
    public void close() {
        try (wasi) {
            endCall();
            for (AutoCloseable resource : resources.reversed()) {
                close(resource);
            }
        }
    }

    /** One that cannot be closed keeps no other from it. */
    private void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            component.diagnostics().failed("a resource of a plugin could not be closed", e);
        }
    }
}
