package dev.virga.host.workload;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.virga.component.Component;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Engine;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.telemetry.AuditSettings;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLimits;
import dev.virga.telemetry.Telemetry;
import dev.virga.telemetry.TelemetrySettings;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkloadRuntimeTest {

    private final Engine engine = NativeEngine.missing().isEmpty()
            ? new NativeEngine(Optional.empty())
            : new PortableEngine(Optional.empty());
    private final Telemetry telemetry = Telemetry.open(new TelemetrySettings(
            "test", Map.of(), OutputStream.nullOutputStream(), LogFormat.TEXT, LogLimits.DEFAULT, AuditSettings.DEFAULT));
    private final PluginSet plugins = new PluginSet(List.of(), _ -> null);
    private final WorkloadRuntime runtime =
            new WorkloadRuntime(plugins, telemetry.tracing(), 32 << 10, Optional.empty(), Optional.empty());

    @AfterEach
    void close() {
        runtime.close();
        plugins.close();
        telemetry.close();
        engine.close();
    }

    private Component load() throws IOException {
        return Component.load(engine, Files.readAllBytes(Path.of("../examples/http-api/api.wasm")));
    }

    private PreparedComponent<?> prepared(Component... components) {
        return runtime.prepare(List.of(components), Map.of());
    }

    @Test
    void workloadsOfTheSameComponentsShareWhatIsMadeOfThem() throws Exception {
        Component one = load();
        PreparedComponent<?> first = prepared(one);
        assertSame(first, prepared(one));
        assertNotSame(first, prepared(load()));
    }

    @Test
    void componentsGoWithTheirLastWorkload() throws Exception {
        WeakReference<Component> gone = used();
        while (!gone.refersTo(null)) {
            System.gc();
            Thread.sleep(1); // so that the timeout ends a wait in vain
        }
    }

    private WeakReference<Component> used() throws IOException {
        Component component = load();
        prepared(component);
        return new WeakReference<>(component);
    }
}
