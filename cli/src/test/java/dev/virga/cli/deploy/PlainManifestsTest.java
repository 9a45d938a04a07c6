package dev.virga.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.virga.cli.CommandRun;
import dev.virga.host.manifest.ManifestParser;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in deploy/kubernetes, and manifests in the documentation. */
class PlainManifestsTest {

    private static final Path PLAIN = Documents.DEPLOY.resolve("kubernetes");
    private static final String OURS = "runtime.wasmcloud.dev";

    @TempDir
    Path folder;

    @Test
    void theInstallationIsHardened() throws Exception {
        List<JsonNode> objects = Documents.of(PLAIN.resolve("virga.yaml"));
        assertTrue(objects.size() > 15);
        Hardening.check(objects);
    }

    @Test
    void everyObjectHasTheFieldsOfItsKindOnly() throws Exception {
        List<JsonNode> all = new ArrayList<>(Documents.of(PLAIN.resolve("virga.yaml")));
        for (Path example : Documents.in(PLAIN.resolve("examples"), ".yaml")) {
            all.addAll(Documents.of(example));
        }
        ObjectMapper strict = strict();
        KubernetesSerialization kinds = new KubernetesSerialization();
        int checked = 0;
        for (JsonNode object : all) {
            String apiVersion = object.path("apiVersion").asText();
            if (!apiVersion.startsWith(OURS) && !apiVersion.startsWith("keda.sh")) {
                strict.treeToValue(object, kinds.getRegisteredKubernetesResource(apiVersion, object.path("kind").asText()));
                checked++;
            }
        }
        assertTrue(checked > 15);
    }

    /** Fields that the API does not have would be collected otherwise. */
    private static ObjectMapper strict() {
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated annotated) {
                        return false;
                    }
                });
    }

    @Test
    void commandLinesOfPodsAreOnesThatTheCommandsTake() throws Exception {
        for (JsonNode object : Documents.of(PLAIN.resolve("virga.yaml"))) {
            for (JsonNode container : object.path("spec").path("template").path("spec").path("containers")) {
                if (container.path("image").asText().startsWith("virga:")) {
                    takes(container.path("args"));
                }
            }
        }
    }

    /** With a flag behind it that there is not, nothing begins, and that flag is all that is wrong. */
    private void takes(JsonNode args) {
        List<String> line = new ArrayList<>();
        args.forEach(arg -> line.add(arg.asText()
                .replace("$(POD_IP)", "10.0.0.1")
                .replace("$(POD_NAMESPACE)", "virga")
                .replace("/var/lib/virga", folder.toString())));
        line.add("--no-such-flag");
        CommandRun run = CommandRun.of(line.toArray(String[]::new));
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("unknown flag '--no-such-flag'"), line + ": " + run.err());
    }

    @Test
    void workloadsInExamplesAndGuidesAreRead() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (Path guide : Documents.in(Path.of("..", "docs"), ".md")) {
            all.addAll(Documents.ofGuide(guide));
        }
        all.addAll(Documents.of(PLAIN.resolve("examples/shop.yaml")));
        List<JsonNode> ours = all.stream().filter(o -> o.path("apiVersion").asText().startsWith(OURS)).toList();
        assertTrue(ours.size() >= 6);
        ours.forEach(object -> assertEquals(1, ManifestParser.parse("(document)", object.toString()).all().size()));
    }

    @Test
    void theDashboardAsksForMetricsThatThereAre() throws Exception {
        String dashboard = Files.readString(Documents.DEPLOY.resolve("helm/virga/dashboards/virga.json"));
        JsonNode json = new ObjectMapper().readTree(dashboard);
        StringBuilder guides = new StringBuilder();
        for (Path guide : Documents.in(Path.of("..", "docs"), ".md")) {
            Files.readString(guide).lines().filter(line -> line.startsWith("|")).forEach(guides::append);
        }
        List<String> metrics = Pattern.compile("virga_[a-z_]+").matcher(String.join("\n", json.findValuesAsText("expr")))
                .results()
                .map(found -> found.group().replaceAll("_bucket$", ""))
                .distinct()
                .toList();
        assertTrue(metrics.size() > 10);
        metrics.forEach(metric -> assertTrue(guides.indexOf("`" + metric) >= 0, metric));
        assertFalse(json.path("panels").isEmpty());
    }
}
