package dev.virga.cli.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import dev.virga.oci.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Packages are built and pushed with our own commands, into the real docker-registry, each test under its own prefix. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DependenciesTest {

    private static final String IO = "package acme:io@%s;\ninterface streams { type size = u64; %s }\n";
    private static final String HTTP =
            "package acme:http@%s;\ninterface types { use acme:io/streams@%s.{size}; get: func() -> size; }\n";
    private static final String APP =
            "package my:app@0.1.0;\nworld app { import acme:http/types@1.0.0; }\n";

    private TestRegistry registry;

    @BeforeAll
    void start() throws Exception {
        TestRegistry.assumeInstalled();
        registry = TestRegistry.start(Optional.empty());
    }

    @AfterAll
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @TempDir
    private Path folder;

    private Path wit;

    @BeforeEach
    void app() throws IOException {
        wit = Files.createDirectories(folder.resolve("wit"));
        Files.writeString(wit.resolve("app.wit"), APP);
    }

    private CommandRun virga(String... args) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        environment.put("DOCKER_CONFIG", folder.toString());
        return CommandRun.with(environment, "", args);
    }

    private CommandRun wit(String command, String... args) {
        List<String> all = new ArrayList<>(List.of("wit", command, "--dir", wit.toString()));
        all.addAll(List.of(args));
        return virga(all.toArray(String[]::new));
    }

    private static String good(CommandRun run) {
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }

    private static void assertFails(CommandRun run, String why) {
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().contains(why), run.err());
    }

    /** Builds and pushes a package; {@code deps} are texts that it needs. */
    private void publish(String prefix, String name, String version, String text, String... deps) throws IOException {
        Path source = Files.createTempDirectory(folder, "source");
        Files.writeString(source.resolve("a.wit"), text);
        for (int i = 0; i < deps.length; i++) {
            Path dep = Files.createDirectories(source.resolve("deps").resolve("d" + i));
            Files.writeString(dep.resolve("d.wit"), deps[i]);
        }
        Path built = source.resolve("package.wasm");
        good(virga("wit", "build", source.toString(), "-o", built.toString()));
        good(virga("oci", "push", registry.address() + "/" + prefix + "/acme/" + name + ":" + version, built.toString()));
    }

    private void publishAll(String prefix) throws IOException {
        publish(prefix, "io", "1.0.0", IO.formatted("1.0.0", ""));
        publish(prefix, "http", "1.0.0", HTTP.formatted("1.0.0", "1.0.0"), IO.formatted("1.0.0", ""));
    }

    private Path text(String dep) {
        return wit.resolve("deps").resolve(dep).resolve("package.wit");
    }

    @Test
    void whatIsAddedComesWithWhatItNeedsAndTheAppBuilds() throws Exception {
        publishAll("added");
        CommandRun before = virga("wit", "check", wit.toString());
        assertTrue(before.out().contains("acme:http@1.0.0 is not known; `virga wit add acme:http@1.0.0` fetches it"), before.out());
        String out = good(wit("add", "--registry", registry.address() + "/added", "acme:http@1.0.0"));
        assertTrue(out.contains("+ acme:http@1.0.0 ") && out.contains("+ acme:io@1.0.0 "), out);
        assertTrue(Files.readString(text("acme-http-1.0.0")).contains("use acme:io/streams@1.0.0.{size};"));
        String declared = Files.readString(wit.resolve("deps.yaml"));
        assertTrue(declared.contains("  acme:http: 1.0.0\n"), declared);
        assertTrue(declared.contains("  acme: " + registry.address() + "/added\n"), declared);
        good(virga("wit", "check", wit.toString()));
        good(virga("wit", "build", wit.toString(), "-o", folder.resolve("app.wasm").toString()));
    }

    @Test
    void theNewestReleaseIsAddedAndCompatibleOnesAreUpdatedTo() throws Exception {
        for (String version : List.of("0.9.0", "1.0.0", "1.2.0", "1.10.0", "2.0.0", "3.0.0-rc.1")) {
            publish("newest", "io", version, IO.formatted(version, ""));
        }
        good(wit("add", "--registry", registry.address() + "/newest", "acme:io"));
        assertTrue(Files.exists(text("acme-io-2.0.0")));
        good(wit("add", "acme:io@1.0.0"));
        assertFalse(Files.exists(text("acme-io-2.0.0")), "the old one is gone");
        CommandRun updated = wit("update");
        assertTrue(good(updated).contains("+ acme:io@1.10.0"), updated.out());
        assertTrue(updated.err().contains("acme:io@1.0.0 is acme:io@1.10.0 now"), updated.err());
    }

    @Test
    void whatTheLockAndTheCacheHaveNeedsNoRegistry() throws Exception {
        publishAll("offline");
        good(wit("add", "--registry", registry.address() + "/offline", "acme:http@1.0.0"));
        good(wit("clean"));
        assertFalse(Files.exists(wit.resolve("deps")));
        assertFails(virga("wit", "build", wit.toString(), "-o", folder.resolve("app.wasm").toString()),
                "acme:http@1.0.0 is not in deps: run `virga wit fetch --dir " + wit + "`");
        good(wit("fetch", "--offline", "--locked"));
        assertTrue(Files.exists(text("acme-io-1.0.0")));
        Files.delete(wit.resolve("deps.lock"));
        assertFails(wit("fetch", "--offline"), "is not in the cache");
    }

    @Test
    void aTagThatHasMovedIsNoticed() throws Exception {
        publish("moved", "io", "1.0.0", IO.formatted("1.0.0", ""));
        good(wit("add", "--registry", registry.address() + "/moved", "acme:io@1.0.0"));
        publish("moved", "io", "1.0.0", IO.formatted("1.0.0", "close: func();"));
        good(wit("fetch"));
        assertFalse(Files.readString(text("acme-io-1.0.0")).contains("close"), "the cache still has what the lock says");
        try (var files = Files.walk(folder.resolve("cache"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        assertFails(wit("fetch"), "run `virga wit update acme:io`");
        good(wit("update", "acme:io"));
        assertTrue(Files.readString(text("acme-io-1.0.0")).contains("close: func();"));
    }

    @Test
    void aLockThatIsNotUpToDateFailsInCi() throws Exception {
        publishAll("locked");
        good(wit("add", "--registry", registry.address() + "/locked", "acme:io@1.0.0"));
        Files.writeString(wit.resolve("deps.yaml"), Files.readString(wit.resolve("deps.yaml"))
                .replace("acme:io: 1.0.0", "acme:http: 1.0.0"));
        assertFails(wit("fetch", "--locked"), "not what deps.yaml needs now");
        good(wit("fetch"));
        good(wit("fetch", "--locked"));
    }

    @Test
    void aPathBringsItsOwnDependenciesAndIsRemovedWithThem() throws Exception {
        Path http = Files.createDirectories(folder.resolve("http"));
        Files.writeString(http.resolve("http.wit"), HTTP.formatted("1.0.0", "1.0.0"));
        Path io = Files.createDirectories(http.resolve("deps").resolve("io"));
        Files.writeString(io.resolve("io.wit"), IO.formatted("1.0.0", ""));
        good(wit("add", "--path", http.toString()));
        assertTrue(Files.readString(wit.resolve("deps.yaml")).contains("acme:http: ../http"));
        good(virga("wit", "check", wit.toString()));
        Files.writeString(io.resolve("io.wit"), IO.formatted("1.0.0", "close: func();"));
        good(wit("fetch"));
        assertTrue(Files.readString(text("acme-io-1.0.0")).contains("close"));
        String own = Files.writeString(wit.resolve("deps").resolve("own.wit"), "package a:b;\n").toString();
        good(wit("remove", "acme:http"));
        assertFalse(Files.exists(text("acme-io-1.0.0")));
        assertTrue(Files.exists(Path.of(own)), "others' files stay");
    }

    @Test
    void anEncodedPackageIsAPathTooAndWhatItMentionsIsFetchedWhole() throws Exception {
        publish("encoded", "io", "1.0.0", IO.formatted("1.0.0", "close: func();"));
        Path source = Files.createDirectories(folder.resolve("http"));
        Files.writeString(source.resolve("http.wit"), HTTP.formatted("1.0.0", "1.0.0"));
        Files.writeString(Files.createDirectories(source.resolve("deps")).resolve("io.wit"), IO.formatted("1.0.0", ""));
        Path built = folder.resolve("http.wasm");
        good(virga("wit", "build", source.toString(), "-o", built.toString()));
        good(wit("add", "--path", built.toString()));
        assertTrue(Files.readString(text("acme-http-1.0.0")).contains("interface types"));
        assertFalse(Files.readString(text("acme-io-1.0.0")).contains("close"), "only what is mentioned, for want of more");
        Files.writeString(wit.resolve("deps.yaml"), Files.readString(wit.resolve("deps.yaml"))
                + "registries: {acme: \"" + registry.address() + "/encoded\"}\n");
        good(wit("fetch"));
        assertTrue(Files.readString(text("acme-io-1.0.0")).contains("close: func();"));
    }

    @Test
    void linksAmongTheDependenciesAreNotWrittenThrough() throws Exception {
        Path source = Files.writeString(folder.resolve("io.wit"), IO.formatted("1.0.0", ""));
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Files.createDirectories(text("acme-io-1.0.0").getParent());
        Files.createSymbolicLink(text("acme-io-1.0.0"), precious);
        assertFails(wit("add", "--path", source.toString()), "a link, which is not written through");
        assertEquals("mine", Files.readString(precious));
    }

    @Test
    void whatCannotBeIsSaid() throws Exception {
        assertFails(wit("add", "acme:none@1.0.0"), "virga wit add --registry HOST[/PREFIX] acme:none");
        assertFails(wit("add", "--registry", registry.address() + "/none", "acme:none@1.0.0"), "there is no such image");
        assertFails(wit("add", "--registry", registry.address() + "/none", "acme:none"), "there is no such image");
        assertFalse(Files.exists(wit.resolve("deps.yaml")), "what failed is not written");
        for (String name : List.of("acme", "Acme:x", "acme:x@1", "a:b/c", "../../x:y@1.0.0")) {
            assertEquals(2, wit("add", name).exitCode(), name);
        }
        assertEquals(2, wit("add").exitCode());
        assertEquals(2, wit("fetch").exitCode());
        publish("wrong", "io", "1.0.0", IO.formatted("1.0.1", ""));
        assertFails(wit("add", "--registry", registry.address() + "/wrong", "acme:io@1.0.0"),
                "holds the package acme:io@1.0.1 instead of acme:io@1.0.0");
        good(virga("oci", "push", registry.address() + "/wrong/acme/api:1.0.0", CommandRun.example("http-api/api.wasm")));
        assertFails(wit("add", "--registry", registry.address() + "/wrong", "acme:api@1.0.0"), "not one that holds a WIT package");
    }

    @Test
    void filesThatAreWrongAreRefused() throws Exception {
        Files.writeString(wit.resolve("deps.yaml"), "packages: {\"../x:y\": 1.0.0, wasi:http: latest}\n");
        CommandRun run = wit("fetch");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("deps.yaml"), run.err());
        Files.writeString(wit.resolve("deps.yaml"), "packages: {}\n");
        Files.writeString(wit.resolve("deps.lock"),
                "packages: [{name: \"../../x:y\", source: z, digest: \"sha256:" + "0".repeat(64) + "\"}]\n");
        assertEquals(2, wit("clean").exitCode());
        assertEquals(2, wit("remove", "wasi:htpp").exitCode());
    }
}
