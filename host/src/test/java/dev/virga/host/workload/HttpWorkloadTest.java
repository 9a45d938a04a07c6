package dev.virga.host.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Component;
import dev.virga.engine.Engine;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.host.workload.ComponentSetup.Reuse;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.HttpServer;
import dev.virga.ingress.ServeLimits;
import dev.virga.ingress.ServeOptions;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.AuditSettings;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLimits;
import dev.virga.telemetry.Telemetry;
import dev.virga.telemetry.TelemetrySettings;
import dev.virga.wasi.WasiGrants;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpWorkloadTest {

    private static final Engine ENGINE = NativeEngine.missing().isEmpty()
            ? new NativeEngine(Optional.empty())
            : new PortableEngine(Optional.empty());

    private static WorkloadSetup setup(Reuse reuse) throws IOException {
        Component api = Component.load(ENGINE, Files.readAllBytes(Path.of("../examples/http-api/api.wasm")));
        return new WorkloadSetup(
                new WorkloadName("default", "api"),
                List.of(new ComponentSetup("api", api, WasiGrants.NONE, Map.of(), reuse, CallLimits.DEFAULT)),
                Optional.empty(),
                List.of(),
                LinkSetup.NONE,
                WorkloadLimits.DEFAULT);
    }

    /** @return how many instances are warm afterwards */
    private static int answers(Reuse reuse) throws IOException, InterruptedException {
        try (Telemetry telemetry = Telemetry.open(new TelemetrySettings(
                        "test", Map.of(), OutputStream.nullOutputStream(), LogFormat.TEXT, LogLimits.DEFAULT, AuditSettings.DEFAULT));
                PluginSet plugins = new PluginSet(List.of(), _ -> null);
                WorkloadRuntime runtime = new WorkloadRuntime(
                        plugins, telemetry.tracing(), 32 << 10, Optional.empty(), Optional.empty());
                RunningWorkload workload = new RunningWorkload(
                        setup(reuse), runtime, telemetry.workload(new WorkloadName("default", "api")))) {
            workload.start();
            ServeOptions options = new ServeOptions(
                    new InetSocketAddress("127.0.0.1", 0),
                    Optional.empty(),
                    ServeLimits.DEFAULT,
                    Duration.ofSeconds(5),
                    AccessLog.OFF,
                    Optional.empty(),
                    Optional.empty());
            try (HttpServer server = HttpServer.start(options, workload.http().get("api"), line -> {});
                    HttpClient client = HttpClient.newHttpClient()) {
                for (int i = 0; i < 5; i++) {
                    HttpResponse<String> answer = client.send(
                            HttpRequest.newBuilder(server.uri()).build(), HttpResponse.BodyHandlers.ofString());
                    assertEquals("{\"service\":\"virga-example\",\"ok\":true}", answer.body().strip());
                }
            }
            return workload.instances();
        }
    }

    @Test
    void aNewInstanceAnswersEachRequest() throws Exception {
        assertEquals(0, answers(Reuse.NONE));
    }

    @Test
    void warmInstancesAnswerOneAfterTheOther() throws Exception {
        assertEquals(2, answers(new Reuse(2, 0)));
        assertTrue(answers(new Reuse(1, 2)) <= 1);
    }
}
