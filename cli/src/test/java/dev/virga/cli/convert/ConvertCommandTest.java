package dev.virga.cli.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import dev.virga.host.manifest.ConfigMap;
import dev.virga.host.manifest.HostPattern;
import dev.virga.host.manifest.LocalResources;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.host.manifest.Manifests;
import dev.virga.host.manifest.Processors;
import dev.virga.host.manifest.Reference;
import dev.virga.host.manifest.Requests;
import dev.virga.host.manifest.Route;
import dev.virga.host.manifest.VolumeMount;
import dev.virga.host.manifest.WorkloadComponent;
import dev.virga.host.manifest.WorkloadDeployment;
import dev.virga.host.shape.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code virga convert}; what it prints is read as hosts read it. */
class ConvertCommandTest {

    private static final String SHOP = Path.of("src", "test", "resources", "convert", "shop.yaml").toString();
    private static final String SMALL = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop}
            spec:
              template:
                spec:
                  containers:
                    - name: api
                      image: acme/shop:1
                      ports: [{containerPort: 8080}]
            """;

    @TempDir
    Path folder;

    private static CommandRun shop() {
        CommandRun run = CommandRun.of("convert", "-f", SHOP);
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private static Manifests manifests(String yaml) {
        return ManifestParser.parse("(converted)", yaml);
    }

    private static WorkloadDeployment deployment(String yaml) {
        return (WorkloadDeployment) manifests(yaml).all().getFirst();
    }

    @Test
    void replicasAndTheirReplacementAreTheDeployments() {
        WorkloadDeployment shop = deployment(shop().out());
        assertEquals("acme", shop.metadata().namespace());
        assertEquals(3, shop.spec().replicas());
        assertEquals(Duration.ofMinutes(2), shop.virga().rollout().progressDeadline());
        assertEquals("1", shop.virga().rollout().maxSurge().toString());
        assertEquals("25%", shop.virga().rollout().maxUnavailable().toString());
    }

    @Test
    void variablesAndWhereTheyComeFromAreTheComponents() {
        WorkloadComponent api = deployment(shop().out()).spec().template().spec().components().getFirst();
        assertEquals("api", api.name());
        assertEquals(Optional.of(new Reference("registry")), api.imagePullSecret());
        LocalResources resources = api.localResources();
        Map<String, String> config = resources.environment().config();
        assertEquals("info", config.get("LOG_LEVEL"));
        assertEquals("yes", config.get("ANSWER"));
        assertEquals("a: b\n# c", config.get("TEXT"));
        assertEquals("hello", config.get("GREETING"), "out of the ConfigMap");
        assertEquals(List.of(new Reference("shop")), resources.environment().configFrom());
        assertEquals(List.of(new Reference("more"), new Reference("shop")), resources.environment().secretFrom());
        assertEquals(List.of(HostPattern.parse("https://payments.example.com:8443")), resources.allowedHosts());
        assertEquals(List.of(new VolumeMount("tmp", "/tmp", false)), resources.volumeMounts());
    }

    @Test
    void aContainerWithoutPortsIsAService() {
        WorkloadDeployment shop = deployment(shop().out());
        assertEquals("ghcr.io/acme/shop-worker:1.2.0",
                shop.spec().template().spec().service().orElseThrow().image().text());
    }

    @Test
    void limitsProbesAndRoutesAreSettings() {
        WorkloadDeployment shop = deployment(shop().out());
        assertEquals(Optional.of(Size.parse("1536Mi")), shop.virga().limits().value("workloadMemory"));
        assertEquals(new Requests(Size.parse("128Mi"), Processors.parse("500m")), shop.virga().requests());
        assertEquals("/healthz", shop.virga().health().orElseThrow().path());
        assertEquals(Duration.ofSeconds(5), shop.virga().health().orElseThrow().timeout());
        assertEquals(List.of("shop.example.com /", "shop.example.com /x"),
                shop.virga().ingress().routes().stream().map(r -> r.host() + " " + r.path()).toList());
        assertEquals(Optional.of("api"), shop.virga().ingress().routes().stream().map(Route::component).findFirst().get());
    }

    @Test
    void theServiceHasNoSelectorAndOtherObjectsStay() {
        Manifests all = manifests(shop().out());
        assertEquals("shop", deployment(shop().out()).spec().template().spec().kubernetes().orElseThrow().service()
                .orElseThrow().name());
        assertEquals(List.of("Service", "Ingress"), all.skipped().stream().map(Manifests.Foreign::kind).toList());
        assertEquals(Map.of("greeting", "hello", "multi", "a\nb\n"), ((ConfigMap) all.all().get(1)).data());
        assertTrue(shop().out().lines().noneMatch(line -> line.strip().startsWith("selector:")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "init container migrate", "command (", "args (", "nvidia.com/gpu", "livenessProbe of api",
        "/data: the volume data", "DB_PASSWORD was db-password of the Secret shop", "POD came from fieldRef",
        "URL refers to other variables", "prefix X_", "the container's image", "Only the first of 2 imagePullSecrets",
        "a query cannot stand here", "port's name was web"
    })
    void commentsSayWhatHasNoEquivalent(String what) {
        String comments = String.join(" ", shop().out().lines()
                .map(String::strip)
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .toList());
        assertTrue(comments.contains(what), comments);
    }

    @Test
    void whatIsNotConvertedIsNamed() {
        assertTrue(shop().err().contains("left out CronJob nightly"), shop().err());
    }

    @Test
    void theSmallestDeploymentWillDo() {
        CommandRun run = CommandRun.withInput(SMALL, "convert", "-f", "-");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(1, deployment(run.out()).spec().replicas());
        assertTrue(run.out().contains("shop.localhost"), run.out());
    }

    @Test
    void whatStaysIsAsItWas() {
        String kept = """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: odd, annotations: , labels: {on: "on", number: "1.50"}}
                spec: {weight: 0.5, big: 9007199254740993, yes: true, list: [[1, two], {}]}
                """;
        String out = CommandRun.withInput(SMALL + "---\n" + kept, "convert", "-f", "-").out();
        assertEquals("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: odd
                  labels:
                    "on": "on"
                    number: "1.50"
                spec:
                  weight: 0.5
                  big: 9007199254740993
                  "yes": true
                  list:
                    - [1,"two"]
                    - {}
                """, out.substring(out.indexOf("---\n") + 4));
    }

    @Test
    void jsonHasManifestsAndNotes() throws Exception {
        JsonNode json = new ObjectMapper().readTree(
                CommandRun.of("convert", "-f", SHOP, "--output", "json").out());
        assertEquals("WorkloadDeployment", json.path("manifests").path(0).path("kind").asText());
        assertTrue(json.path("notes").size() > 10);
    }

    @Test
    void theSkeletonCanBeAFile() throws Exception {
        Path out = folder.resolve("workload.yaml");
        assertEquals("", CommandRun.of("convert", "-f", SHOP, "--out", out.toString()).out());
        assertEquals(shop().out(), Files.readString(out));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "kind: Deployment | kind: StatefulSet | has no Deployment of apps/v1, which is what can be converted; it has StatefulSet",
        "image: acme/shop:1 | image: [1] | (standard input):9:18: spec.template.spec.containers[0].image must be a string",
        "image: acme/shop:1 | command: [x] | spec.template.spec.containers[0].image must be given",
        "name: shop | name: Shop_1 | what comes out would be no manifest; mend the Deployment",
        "containers: | others: | spec.template.spec.containers must be a list with at least one container",
        "template: | template: {}, replicas: -1, x: | (standard input):",
        "metadata: {name: shop} | metadata: {name: [ | (standard input):",
    })
    void wrongInputIsToldWithItsPlace(String from, String to, String problem) {
        CommandRun run = CommandRun.withInput(SMALL.replace(from, to), "convert", "-f", "-");
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().contains(problem), run.err());
    }

    @Test
    void aFileThatIsNotThereIsBadUsage() {
        CommandRun run = CommandRun.of("convert", "-f", folder.resolve("none.yaml").toString());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("cannot be read"), run.err());
    }

    @ParameterizedTest
    @CsvSource({"500m, 1", "2, 2", "2500m, 3", "20k, 10000"})
    void processorsAreAWeight(String cpu, int share) {
        String yaml = SMALL + "          resources: {requests: {cpu: " + cpu + "}}\n";
        String out = CommandRun.withInput(yaml, "convert", "-f", "-").out();
        assertTrue(out.contains("share: " + share + "\n"), out);
    }

    /** As for a pod, a limit stands for the request that is not there. */
    @ParameterizedTest
    @CsvSource({
        "'requests: {memory: 1Gi, cpu: 1.5}, limits: {memory: 2Gi}', 1Gi, 1500m",
        "'limits: {memory: 64Mi, cpu: 2}', 64Mi, 2", "'requests: {cpu: 100u}', 0, 1m",
        "'requests: {cpu: 1234500m}', 0, 1235", "'requests: {cpu: 5M}', 0, 999999"
    })
    void whatContainersAskForIsWhatTheWorkloadAsksFor(String resources, String memory, String cpu) {
        String yaml = SMALL + "          resources: {" + resources + "}\n";
        CommandRun run = CommandRun.withInput(yaml, "convert", "-f", "-");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(new Requests(Size.parse(memory), Processors.parse(cpu)), deployment(run.out()).virga().requests());
    }

    @Test
    void aQuantityThatIsNoneIsRefused() {
        String yaml = SMALL + "          resources: {limits: {memory: lots}}\n";
        CommandRun run = CommandRun.withInput(yaml, "convert", "-f", "-");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("resources.limits.memory must be a quantity"), run.err());
    }
}
