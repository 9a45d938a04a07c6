package dev.virga.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart as Helm renders it. */
class ChartTest {

    private static final Path ALL = Path.of("src", "test", "resources", "chart", "everything.yaml");

    private static final Set<String> TEXTS =
            Set.of("name", "namespace", "secretName", "serviceAccountName", "priorityClassName");

    @TempDir
    Path folder;

    @Test
    void thePlainManifestsAreTheChartsOfToday() throws Exception {
        String rendered = Helm.render(folder).yaml();
        assertEquals(rendered, Files.readString(Documents.DEPLOY.resolve("kubernetes/virga.yaml")),
                "run deploy/kubernetes/render.sh");
    }

    @Test
    void everyRenderIsTheSame() throws Exception {
        String first = Helm.render(folder, "-f", ALL.toString()).yaml();
        assertEquals(first, Helm.render(folder, "-f", ALL.toString()).yaml());
    }

    @Test
    void whateverTheValuesPodsAreHardened() throws Exception {
        List<JsonNode> objects = everything();
        assertTrue(objects.size() > 30, objects.size() + " objects");
        Hardening.check(objects);
    }

    private List<JsonNode> everything() throws Exception {
        return Documents.parse(Helm.render(folder, "-f", ALL.toString()).yaml());
    }

    private static JsonNode one(List<JsonNode> objects, String kind, String name) {
        return objects.stream()
                .filter(o -> o.path("kind").asText().equals(kind) && o.path("metadata").path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    @Test
    void groupsDifferAndStandInTheirNamespaces() throws Exception {
        List<JsonNode> objects = everything();
        JsonNode edge = one(objects, "Deployment", "virga-host-edge");
        assertEquals("edge", edge.path("metadata").path("namespace").asText());
        assertEquals(5, edge.path("spec").path("replicas").asInt());
        String args = edge.findValue("args").toString();
        assertTrue(args.contains("--label=zone=1") && args.contains("--tls-cert=/etc/virga/tls/tls.crt"), args);
        JsonNode gpu = one(objects, "Deployment", "virga-host-gpu");
        assertTrue(gpu.path("spec").path("replicas").isMissingNode(), "the autoscaler's");
        assertEquals("virga", one(objects, "HorizontalPodAutoscaler", "virga-host-gpu").path("metadata").path("namespace").asText());
    }

    @Test
    void whereNamespacesAreListedTheOperatorHasNothingElse() throws Exception {
        List<JsonNode> objects = everything();
        assertTrue(objects.stream().noneMatch(o -> o.path("kind").asText().equals("ClusterRoleBinding")));
        List<String> namespaces = objects.stream()
                .filter(o -> o.path("kind").asText().equals("RoleBinding")
                        && o.path("metadata").path("name").asText().equals("virga-operator-workloads"))
                .map(o -> o.path("metadata").path("namespace").asText())
                .toList();
        assertEquals(List.of("shop", "blog"), namespaces);
    }

    @Test
    void aDrainHasTheTimeThatItTakes() throws Exception {
        JsonNode pod = one(Documents.parse(Helm.render(folder).yaml()), "Deployment", "virga-host-default")
                .path("spec").path("template").path("spec");
        int preStop = pod.findValue("preStop").path("sleep").path("seconds").asInt();
        int grace = StreamSupport.stream(pod.findValue("args").spliterator(), false)
                .map(JsonNode::asText)
                .filter(arg -> arg.startsWith("--grace="))
                .mapToInt(arg -> Integer.parseInt(arg.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
        assertTrue(preStop > 0 && pod.path("terminationGracePeriodSeconds").asInt() > preStop + grace);
    }

    @Test
    void usersOfNatsAreInASecretOrInOneOfYours() throws Exception {
        String[] users = {"-f", ALL.toString(), "--set", "nats.auth.users[0].user=shop,nats.auth.users[0].password=hidden"};
        List<JsonNode> objects = Documents.parse(Helm.render(folder, users).yaml());
        assertEquals(
                List.of("Secret virga-nats-auth"),
                objects.stream()
                        .filter(o -> o.toString().contains("hidden"))
                        .map(o -> o.path("kind").asText() + " " + o.path("metadata").path("name").asText())
                        .toList());
        List<JsonNode> yours = Documents.parse(Helm.render(
                        folder, "--set", "nats.auth.enabled=true,nats.auth.configSecret=mine").yaml());
        assertTrue(yours.stream().noneMatch(o -> o.path("kind").asText().equals("Secret")));
        assertTrue(one(yours, "Deployment", "virga-nats").toString().contains("\"secretName\":\"mine\""));
    }

    @Test
    void theOperatorChangesPodsOnlyWhereWasmCloudsWas() throws Exception {
        String may = "\"watch\",\"patch\"";
        JsonNode role = one(Documents.parse(Helm.render(folder).yaml()), "Role", "virga-operator-hosts");
        assertFalse(role.toString().contains(may), role::toString);
        JsonNode other = one(
                Documents.parse(Helm.render(folder, "--set", "operator.wasmcloudPods=true").yaml()),
                "Role", "virga-operator-hosts");
        assertTrue(other.toString().contains(may), other::toString);
    }

    /** Such as {@code 123} and {@code on}, which YAML takes for something else. */
    @Test
    void namesAreTextWhateverTheyLookLike() throws Exception {
        List<String> problems = new ArrayList<>();
        String values = "nameOverride=12,fullnameOverride=12,hostGroups[0].name=1,hostGroups[0].namespace=123,"
                + "operator.namespaces[0]=on,operator.namespaces[1]=1e3,operator.priorityClassName=7,"
                + "operator.serviceAccount.name=8,hostServiceAccount.name=9,nats.tls.secretName=5,nats.auth.secretName=6,"
                + "image.pullSecrets[0]=4";
        String keys = "nats.tls.enabled=true,nats.auth.enabled=true,nats.auth.operatorKey=U" + "A".repeat(55)
                + ",nats.auth.hostKey=U" + "B".repeat(55) + ",metrics.serviceMonitor.enabled=true";
        String yaml = Helm.render(folder, "--set-string", values, "--set", keys).yaml();
        List<JsonNode> objects = Documents.parse(yaml);
        assertTrue(objects.size() > 20, objects.size() + " objects");
        objects.forEach(object -> findNumbers(object, "", problems));
        assertEquals(List.of(), problems);
    }

    private static void findNumbers(JsonNode node, String path, List<String> problems) {
        node.properties().forEach(field -> {
            String key = field.getKey();
            JsonNode value = field.getValue();
            boolean named = TEXTS.contains(key) && value.isValueNode() && !value.isTextual();
            boolean labelled = key.matches("labels|matchLabels|annotations|nodeSelector")
                    && value.properties().stream().anyMatch(label -> !label.getValue().isTextual());
            if (named || labelled) {
                problems.add(path + "." + key + ": " + value);
            }
            findNumbers(value, path + "." + key, problems);
        });
        node.elements().forEachRemaining(item -> {
            if (node.isArray()) {
                findNumbers(item, path + "[]", problems);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "hostGroups[0].prot=80, additional properties 'prot' not allowed",
        "hostGroups[0].name=Foo, does not match pattern",
        "image.tga=1, additional properties 'tga' not allowed",
        "nats.bundled=maybe, want boolean",
        "nats.url=http://x, does not match pattern",
        "nats.bundled=false, nats.url must name your NATS server",
        "nats.auth.enabled=true, nats.auth.operatorKey must be the operator's public nkey",
        "nats.auth.operatorKey=SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY, does not match pattern",
        "operator.resources.limit=1, additional properties 'limit' not allowed",
    })
    void wrongValuesAreRefused(String value, String problem) throws Exception {
        String error = Helm.render(folder, "--set", value).error();
        assertTrue(error.contains(problem), error);
    }
}
