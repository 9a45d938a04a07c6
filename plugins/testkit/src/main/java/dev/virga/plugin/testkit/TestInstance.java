package dev.virga.plugin.testkit;

import dev.virga.engine.Limiter;
import dev.virga.plugin.Binding;
import dev.virga.plugin.CallSpan;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.WorkloadName;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.Stdio;
import dev.virga.wasi.WasiContext;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.WasiLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One instance's data. */
final class TestInstance implements InstanceContext, AutoCloseable {

    private final WorkloadName name;
    private final Map<Grant, Binding> bindings;
    private final Map<String, String> trace;
    private final List<String> audit;
    private final List<String> log;
    private final List<String> spans;
    private final String requestId = UUID.randomUUID().toString();
    private final ChargedLimiter limiter = new ChargedLimiter();
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final WasiContext wasi = new WasiContext(
            WasiGrants.NONE, Stdio.none(), WasiLimits.standard(), new Diagnostics(line -> {}));

    TestInstance(
            WorkloadName name,
            Map<Grant, Binding> bindings,
            Map<String, String> trace,
            List<String> audit,
            List<String> log,
            List<String> spans) {
        this.name = name;
        this.bindings = bindings;
        this.trace = Map.copyOf(trace);
        this.audit = audit;
        this.log = log;
        this.spans = spans;
    }

    <I> I prepare(String packageName, Optional<String> route, Class<I> api) {
        Grant grant = bindings.keySet().stream()
                .filter(g -> g.packageName().equals(packageName) && g.name().equals(route))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no grant for " + packageName + route));
        return bindings.get(grant).prepare(api, this);
    }

    @Override
    public WorkloadName workload() {
        return name;
    }

    @Override
    public String component() {
        return "test";
    }

    @Override
    public Map<String, String> config() {
        return Map.of();
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public boolean traced() {
        return true;
    }

    @Override
    public CallSpan storing(String system, String operation, String namespace) {
        return new TestSpan(spans, trace, system + " " + operation + " " + namespace);
    }

    @Override
    public CallSpan sending(String system, String operation, String destination) {
        return new TestSpan(spans, trace, system + " " + operation + " " + destination);
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
        log.add(level + " " + context + ": " + message);
    }

    @Override
    public void used(Grant grant, String what) {
        audit.add("used " + grant + ": " + what);
    }

    @Override
    public void refused(Grant grant, String what, String remedy) {
        audit.add("refused " + grant + ": " + what + " (" + remedy + ")");
    }

    @Override
    public void onClose(AutoCloseable resource) {
        resources.add(resource);
    }

    /** Checks that what the plugin was charged for it has given back. */
    @Override
    public void close() {
        try (wasi) {
            for (AutoCloseable resource : resources.reversed()) {
                resource.close();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a resource of the plugin could not be closed", e);
        }
        limiter.checkAllReleased();
    }
}
