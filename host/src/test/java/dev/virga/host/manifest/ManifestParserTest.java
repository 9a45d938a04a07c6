package dev.virga.host.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.shape.Problem;
import dev.virga.host.shape.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestParserTest {

    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            """;

    static List<Path> samples() {
        return Samples.files();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsReadAndComesBackFromYamlAndJson(Path file) {
        Manifests manifests = ManifestParser.parse(file.toString(), Samples.text(file));
        assertTrue(!manifests.all().isEmpty() || !manifests.skipped().isEmpty());
        assertEquals(
                manifests.all(),
                ManifestParser.parse("again", ManifestPrinter.yaml(manifests.all())).all());
        for (Manifest each : manifests.all()) {
            assertEquals(
                    List.of(each), ManifestParser.parse("json", ManifestPrinter.json(each)).all());
        }
    }

    @Test
    void fieldsHaveTheirValues() {
        Workload workload = Samples.full();
        assertEquals("Workload acme/everything", workload.id());
        assertEquals(Map.of("acme.example/owner", "the web team"), workload.metadata().annotations());
        WorkloadComponent api = workload.spec().components().getFirst();
        assertEquals(Optional.of(ImagePullPolicy.IF_NOT_PRESENT), api.imagePullPolicy());
        assertEquals(4, api.poolSize());
        assertEquals(
                List.of(new VolumeMount("scratch", "/tmp", false), new VolumeMount("data", "/var/data", true)),
                api.localResources().volumeMounts());
        assertEquals(
                List.of("*", "example.com:8443", "*.example.org", "https://api.example.com"),
                api.localResources().allowedHosts().stream().map(HostPattern::toString).toList());
        assertEquals(
                List.of(
                        new LoopbackPort(5432, LoopbackPort.Protocol.TCP),
                        new LoopbackPort(53, LoopbackPort.Protocol.UDP)),
                api.localResources().allowedHostLoopbackPorts());
        assertEquals(Optional.of("cache"), workload.spec().hostInterfaces().get(1).name());
        assertEquals(5, workload.spec().service().orElseThrow().maxRestarts());
    }

    @Test
    void wordsThatOlderYamlTakesForBooleansAreStrings() {
        assertEquals(
                "off",
                Samples.full().spec().components().getFirst().localResources().environment().config().get("no"));
    }

    @Test
    void ourFieldsHaveTheirValues() {
        Settings virga = Samples.full().virga();
        Route api = virga.ingress().routes().getFirst();
        assertEquals(Optional.of(new RateLimit(100, Optional.of(200))), api.rateLimit());
        assertEquals(List.of(9, 1), virga.ingress().routes().get(1).upstream().stream().map(Upstream::weight).toList());
        assertEquals(Duration.ofMinutes(5), virga.scaleToZero().orElseThrow().idleAfter());
        assertEquals(Duration.ofMillis(500), virga.service().restart().backoff().initial());
        assertEquals(new Portion(50, true), virga.rollout().maxSurge());
        assertEquals("ledger", virga.links().getFirst().to().component());
        assertEquals(
                List.of(new PortRange(5432, 5432), new PortRange(8000, 8999)),
                virga.egress().addresses().getFirst().ports());
    }

    @Test
    void limitsOfAComponentWinOverTheWorkloadsAndThoseOverTheHosts() {
        Settings virga = Samples.full().virga();
        Limits policy = virga.limits("policy", Limits.DEFAULT);
        assertEquals(Size.parse("64Mi"), policy.memory());
        assertEquals(new CpuLimits(2, Duration.ofMillis(50)), policy.cpu());
        assertEquals(20, policy.instances());
        assertEquals(Size.parse("128Mi"), virga.limits("api", Limits.DEFAULT).memory());
        assertEquals(Limits.DEFAULT, Settings.DEFAULT.limits("api", Limits.DEFAULT));
        assertEquals(Duration.ofSeconds(1), virga.requestTimeout("policy"));
        assertEquals(Duration.ofSeconds(10), virga.requestTimeout("api"));
    }

    @Test
    void settingsMayBeAnAnnotationOfTheTemplate() {
        WorkloadReplicaSet set = (WorkloadReplicaSet) Samples.parsed("set.yaml").all().getFirst();
        assertEquals(Size.parse("32Mi"), set.virga().limits("worker", Limits.DEFAULT).memory());
        assertEquals(Map.of(), set.spec().template().annotations());
    }

    @Test
    void documentsOfOtherToolsAreSkipped() {
        assertEquals(
                List.of(new Manifests.Foreign("autoscaling/v2", "HorizontalPodAutoscaler")),
                Samples.parsed("autoscaler.yaml").skipped());
        assertEquals(List.of(new Manifests.Foreign("v1", "Service")), Samples.parsed("service.yaml").skipped());
    }

    @Test
    void aByteOrderMarkAndLinesOfWindowsAreRead() {
        String text = "\ufeff" + SECRET.replace("\n", "\r\n");
        assertEquals("Secret default/s", ManifestParser.parse("a", text).all().getFirst().id());
    }

    @Test
    void emptyDocumentsAreNothing() {
        assertEquals(List.of(), ManifestParser.parse("a", "---\n# nothing\n---\n").all());
        assertEquals(List.of(), ManifestParser.parse("a", "").all());
    }

    @Test
    void aDirectoryIsReadInTheOrderOfItsNames(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("b.yml"), SECRET.replace("name: s", "name: b"));
        Files.writeString(directory.resolve("a.yaml"), SECRET.replace("name: s", "name: a"));
        Files.writeString(directory.resolve("notes.txt"), "no manifest: [");
        Files.writeString(directory.resolve(".hidden.yaml"), "no manifest: [");
        assertEquals(
                List.of("Secret default/a", "Secret default/b"),
                ManifestParser.read(directory).all().stream().map(Manifest::id).toList());
    }

    @Test
    void problemsOfAllFilesAreReportedAtOnce(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("a.yaml"), SECRET);
        Files.writeString(directory.resolve("b.yaml"), SECRET);
        Files.writeString(directory.resolve("c.yaml"), SECRET.replace("name: s", "name: c") + "dta: {}\n");
        Files.write(directory.resolve("d.yaml"), new byte[] {'a', (byte) 0xff});
        ManifestException wrong = assertThrows(ManifestException.class, () -> ManifestParser.read(directory));
        assertEquals(
                List.of(
                        directory.resolve("b.yaml") + ":1:1: Secret default/s is already in "
                                + directory.resolve("a.yaml") + ":1",
                        directory.resolve("c.yaml") + ":4:1: dta: unknown field; did you mean data?",
                        directory.resolve("d.yaml") + ":1:1: the file is not UTF-8"),
                wrong.problems().stream().map(Problem::toString).toList());
    }

    @Test
    void secretsDoNotPrint() {
        String text = Samples.parsed("set.yaml").all().toString();
        assertTrue(text.contains("token=7 bytes") && text.contains("user=(hidden)"), text);
    }
}
