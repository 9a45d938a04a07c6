package dev.virga.cli.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import dev.virga.ingress.TestIdentity;
import dev.virga.oci.TestRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against the real docker-registry, open, with htpasswd, and with TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OciCommandTest {

    private static final String COMPONENT = CommandRun.example("http-api/api.wasm");
    private static final Path SKOPEO = Path.of("/usr/bin/skopeo");

    private TestRegistry open;
    private TestRegistry closed;

    @BeforeAll
    void start() throws Exception {
        TestRegistry.assumeInstalled();
        open = TestRegistry.start(Optional.empty());
        closed = TestRegistry.start(Optional.of(TestRegistry.READER));
    }

    @AfterAll
    void stop() {
        if (open != null) {
            open.close();
        }
        if (closed != null) {
            closed.close();
        }
    }

    private static CommandRun virga(Path docker, String input, String... args) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("DOCKER_CONFIG", docker.toString());
        environment.put("SOURCE_DATE_EPOCH", "1700000000");
        return CommandRun.with(environment, input, args);
    }

    private static CommandRun good(CommandRun run) {
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void whatIsPushedIsInspectedAndPulled(@TempDir Path folder) throws Exception {
        String reference = open.address() + "/acme/api:1.0";
        CommandRun pushed = good(virga(folder, "", "oci", "push", "--output", "json", "--author", "Jo",
                "--annotation", "org.opencontainers.image.licenses=MIT", reference, COMPONENT));
        String digest = json(pushed.out()).path("digest").asText();

        CommandRun again = good(virga(folder, "", "oci", "push", "--author", "Jo",
                "--annotation", "org.opencontainers.image.licenses=MIT", reference, COMPONENT));
        assertTrue(again.out().contains(reference + "@" + digest), "the same makes the same image: " + again.out());

        JsonNode seen = json(good(virga(folder, "", "oci", "inspect", "--output", "json", reference)).out());
        assertEquals(digest, seen.path("digest").asText());
        assertEquals("application/vnd.wasm.config.v0+json", seen.at("/manifest/config/mediaType").asText());
        assertEquals("application/wasm", seen.at("/manifest/layers/0/mediaType").asText());
        assertEquals("MIT", seen.at("/manifest/annotations/org.opencontainers.image.licenses").asText());
        JsonNode config = seen.path("config");
        assertEquals("2023-11-14T22:13:20Z", config.path("created").asText());
        assertEquals("Jo", config.path("author").asText());
        assertEquals("wasm", config.path("architecture").asText());
        assertEquals("wasip2", config.path("os").asText());
        assertEquals(seen.at("/manifest/layers/0/digest"), config.at("/layerDigests/0"));
        assertTrue(config.at("/component/exports").toString().contains("wasi:http/incoming-handler@"), config.toString());
        assertTrue(config.at("/component/imports").toString().contains("wasi:http/types@"), config.toString());
        String text = good(virga(folder, "", "oci", "inspect", reference)).out();
        assertTrue(text.contains("exports:\n  wasi:http/incoming-handler@"), text);

        Path out = folder.resolve("out.wasm");
        good(virga(folder, "", "oci", "pull", reference + "@" + digest, "-o", out.toString()));
        assertArrayEquals(Files.readAllBytes(Path.of(COMPONENT)), Files.readAllBytes(out));
    }

    @Test
    void aModuleIsOfTheOtherSystem(@TempDir Path folder) throws Exception {
        String reference = open.address() + "/acme/core:1.0";
        good(virga(folder, "", "oci", "push", reference, CommandRun.guest("core")));
        JsonNode config = json(good(virga(folder, "", "oci", "inspect", "--output", "json", reference)).out()).path("config");
        assertEquals("wasip1", config.path("os").asText());
        assertTrue(config.path("component").isMissingNode());
    }

    @Test
    void anotherClientReadsIt(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(SKOPEO), "skopeo is not installed");
        String reference = open.address() + "/acme/skopeo:1.0";
        String digest = json(good(virga(folder, "", "oci", "push", "--output", "json", reference, COMPONENT)).out())
                .path("digest").asText();
        Path copy = folder.resolve("copy");
        Process skopeo = new ProcessBuilder(SKOPEO.toString(), "copy", "--src-tls-verify=false",
                        "docker://" + open.address() + "/acme/skopeo@" + digest, "dir:" + copy)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertEquals(0, skopeo.waitFor(), Files.readString(folder.resolve("log")));
        JsonNode manifest = json(Files.readString(copy.resolve("manifest.json")));
        String layer = manifest.at("/layers/0/digest").asText().substring("sha256:".length());
        assertArrayEquals(Files.readAllBytes(Path.of(COMPONENT)), Files.readAllBytes(copy.resolve(layer)));
    }

    @Test
    void onlyWhoHasLoggedInPushes(@TempDir Path folder) throws Exception {
        String reference = closed.address() + "/acme/private:1.0";
        CommandRun nobody = virga(folder, "", "oci", "push", reference, COMPONENT);
        assertEquals(1, nobody.exitCode());
        assertTrue(nobody.err().contains("log in with `virga oci login " + closed.address() + "`"), nobody.err());

        CommandRun wrong = virga(folder, "wrong", "oci", "login", closed.address(), "-u", "reader", "--password-stdin");
        assertEquals(1, wrong.exitCode(), wrong.out());
        assertFalse(Files.exists(folder.resolve("config.json")), "wrong ones are not kept");

        Files.writeString(folder.resolve("config.json"), "{\"currentContext\": \"x\", \"auths\": {\"a\": {}}}");
        CommandRun login = good(
                virga(folder, "secret\n", "oci", "login", closed.address(), "-u", "reader", "--password-stdin"));
        assertFalse(login.out().contains("secret"), login.out());
        assertEquals("x", json(Files.readString(folder.resolve("config.json"))).path("currentContext").asText());
        good(virga(folder, "", "oci", "push", reference, COMPONENT));

        assertTrue(good(virga(folder, "", "oci", "logout", closed.address())).out().contains("logged out"));
        assertEquals("{\"a\":{}}", json(Files.readString(folder.resolve("config.json"))).path("auths").toString());
        assertTrue(good(virga(folder, "", "oci", "logout", closed.address())).out().contains("there were no credentials"));
        assertEquals(1, virga(folder, "", "oci", "inspect", reference).exitCode());
    }

    @Test
    void aNewFileOfCredentialsIsForItsOwnerAlone(@TempDir Path folder) throws Exception {
        Path docker = folder.resolve("new");
        good(virga(docker, "secret", "oci", "login", closed.address(), "-u", "reader", "--password-stdin"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(docker.resolve("config.json"))));
    }

    @Test
    void credentialHelpersAreAsked(@TempDir Path folder) throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path helper = Files.writeString(bin.resolve("docker-credential-test"), """
                #!/bin/sh
                cd %s
                case $1 in
                    store) cat > kept ;;
                    get) [ -s kept ] && cat kept || { echo "credentials not found in native keychain"; exit 1; } ;;
                    erase) : > kept ;;
                esac
                """.formatted(folder));
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("config.json"), "{\"credHelpers\": {\"%s\": \"test\"}}".formatted(closed.address()));
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("DOCKER_CONFIG", folder.toString());
        CredentialHelper direct = new CredentialHelper(helper.toString(), environment);
        assertEquals(Optional.empty(), direct.get(closed.address()));
        direct.store(closed.address(), new dev.virga.oci.Credentials("reader", "secret"));
        assertEquals("secret", direct.get(closed.address()).orElseThrow().password());
        direct.erase(closed.address());
        assertEquals(Optional.empty(), direct.get(closed.address()));
        CommandRun missing = virga(folder, "", "oci", "inspect", closed.address() + "/acme/none:1");
        assertTrue(missing.err().contains("docker-credential-test, which Docker's configuration names, cannot be started"),
                missing.err());
    }

    @Test
    void aPrivateAuthorityIsTrustedWhenNamed(@TempDir Path folder) throws Exception {
        TestIdentity identity = TestIdentity.in(folder, "EC");
        try (TestRegistry secure = TestRegistry.start(identity.certificate(), identity.key())) {
            String reference = secure.address() + "/acme/tls:1";
            String ca = identity.certificate().toString();
            good(virga(folder, "", "oci", "push", "--ca", ca, reference, COMPONENT));
            good(virga(folder, "", "oci", "inspect", "--ca", ca, reference));
            Path other = Files.createDirectory(folder.resolve("other"));
            CommandRun refused =
                    virga(folder, "", "oci", "inspect", "--ca", TestIdentity.in(other, "EC").certificate().toString(), reference);
            assertEquals(1, refused.exitCode());
            assertTrue(refused.err().contains("cannot be reached with TLS"), refused.err());
        }
    }

    @Test
    void whatCannotBeUsedIsSaid(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("x.txt"), "no component");
        assertTrue(virga(folder, "", "oci", "push", open.address() + "/a/b:1", text.toString()).err().contains("not WebAssembly"));
        CommandRun wrong = virga(folder, "", "oci", "pull", "NOT A REFERENCE");
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.err().contains("write [REGISTRY/]REPOSITORY[:TAG]"), wrong.err());
        CommandRun missing = virga(folder, "", "oci", "pull", open.address() + "/acme/none:1", "-o", "x");
        assertEquals(1, missing.exitCode());
        assertTrue(missing.err().contains("there is no such image"), missing.err());
        CommandRun pinned = virga(folder, "", "oci", "push", open.address() + "/a/b@sha256:" + "0".repeat(64), COMPONENT);
        assertTrue(pinned.err().contains("leave out the digest"), pinned.err());
        CommandRun noTerminal = virga(folder, "", "oci", "login", "example.com", "-u", "me");
        assertTrue(noTerminal.err().contains("--password-stdin"), noTerminal.err());
        for (String broken : List.of("[]", "{", "{\"auths\": {\"%s\": {\"auth\": \"?\"}}}".formatted(open.address()))) {
            Files.writeString(folder.resolve("config.json"), broken);
            CommandRun run = virga(folder, "", "oci", "inspect", open.address() + "/acme/api:1.0");
            assertEquals(1, run.exitCode(), broken);
            assertTrue(run.err().contains("config.json"), run.err());
        }
    }
}
