package dev.virga.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectFilesTest {

    @TempDir
    private Path folder;

    @Test
    void ourFileIsRead() throws Exception {
        Project project = ProjectFolder.read(folder, "virga.yaml", """
                build: {command: make, env: {A: "1"}, component: out/a.wasm}
                dev: {command: make quick, address: "127.0.0.1:3000", watch: [src]}
                manifest: w.yaml
                world: app
                """);
        assertEquals("make", project.command());
        assertEquals(Map.of("A", "1"), project.env());
        assertEquals(folder.resolve("out/a.wasm"), project.component());
        assertEquals(folder.resolve("wit"), project.wit());
        assertEquals(Optional.of("app"), project.world());
        assertEquals(
                new Project.Dev(
                        Optional.of("make quick"),
                        Optional.of("127.0.0.1:3000"),
                        List.of(folder.resolve("src")),
                        new DevManifest.File(folder.resolve("w.yaml"))),
                project.dev());
    }

    private static final String YAML = """
            version: 2.7.0
            build:
              command: cargo build
              env: {A: "1"}
              component_path: target/a.wasm
            dev:
              address: 0.0.0.0:8000
              service_file: service.wasm
              components: [{name: other, file: other.wasm, poolSize: 2}]
              volumes: [{host_path: data, guest_path: /data}]
              host_interfaces: [{namespace: wasi, package: config, interfaces: [store], config: {a: b}}]
              wasi_keyvalue_path: kv
              wasip3: false
            workload:
              environment: {GREETING: hi}
              allowedHosts: [example.com]
            wit: {wit_dir: ./idl}
            """;

    private static final String JSON = """
            {"version": "2.7.0",
             "build": {"command": "cargo build", "env": {"A": "1"}, "component_path": "target/a.wasm"},
             "dev": {"address": "0.0.0.0:8000", "service_file": "service.wasm",
               "components": [{"name": "other", "file": "other.wasm", "poolSize": 2}],
               "volumes": [{"host_path": "data", "guest_path": "/data"}],
               "host_interfaces": [{"namespace": "wasi", "package": "config", "interfaces": ["store"], "config": {"a": "b"}}],
               "wasi_keyvalue_path": "kv", "wasip3": false},
             "workload": {"environment": {"GREETING": "hi"}, "allowedHosts": ["example.com"]},
             "wit": {"wit_dir": "./idl"}}
            """;

    private static final String TOML = """
            version = "2.7.0"
            [build]
            command = "cargo build"
            component_path = "target/a.wasm"
            env = { A = "1" }
            [dev]
            address = "0.0.0.0:8000"
            service_file = "service.wasm"
            wasi_keyvalue_path = "kv"
            wasip3 = false
            [[dev.components]]
            name = "other"
            file = "other.wasm"
            poolSize = 2
            [[dev.volumes]]
            host_path = "data"
            guest_path = "/data"
            [[dev.host_interfaces]]
            namespace = "wasi"
            package = "config"
            interfaces = ["store"]
            config = { a = "b" }
            [workload]
            allowedHosts = ["example.com"]
            [workload.environment]
            GREETING = "hi"
            [wit]
            wit_dir = "./idl"
            """;

    @ParameterizedTest
    @CsvSource({"yaml", "yml", "json", "toml"})
    void thoseOfWashAreRead(String format) throws Exception {
        String text = format.equals("toml") ? TOML : format.equals("json") ? JSON : YAML;
        Project project = ProjectFolder.read(folder, ".wash/config." + format, text);
        assertEquals("cargo build", project.command());
        assertEquals(Map.of("A", "1"), project.env());
        assertEquals(folder.resolve("target/a.wasm"), project.component());
        assertEquals(folder.resolve("./idl"), project.wit());
        assertEquals(Optional.of("0.0.0.0:8000"), project.dev().address());
        assertEquals(
                new DevManifest.Made(
                        false,
                        Optional.of(folder.resolve("service.wasm")),
                        List.of(Map.of(
                                "name", "other",
                                "image", "file:" + folder.resolve("other.wasm"),
                                "poolSize", 2L,
                                "localResources", Map.of(
                                        "environment", Map.of("config", Map.of("GREETING", "hi")),
                                        "allowedHosts", List.of("example.com")))),
                        Map.of(
                                "environment", Map.of("config", Map.of("GREETING", "hi")),
                                "allowedHosts", List.of("example.com")),
                        List.of(Map.of(
                                "namespace", "wasi",
                                "package", "config",
                                "interfaces", List.of("store"),
                                "config", Map.of("a", "b"))),
                        Map.of(folder.resolve("data"), "/data")),
                project.dev().manifest());
        assertEquals(List.of("dev.wasi_keyvalue_path is not used: key-value stores are in memory"), project.notes());
    }

    @Test
    void ourFileComesBeforeTheirs() throws Exception {
        Files.createDirectories(folder.resolve(".wash"));
        Files.writeString(folder.resolve(".wash/config.yaml"), YAML);
        assertEquals("ours", ProjectFolder.read(folder, "virga.yaml", "build: {command: ours, component: a}").command());
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() {
        wrong("virga.yaml", "build:\n  comand: make\n", "virga.yaml:2:3", "unknown field", "command");
        wrong("virga.yaml", "- a\n", "virga.yaml:1:1", "expected an object");
        wrong("virga.yaml", "{", "virga.yaml:", "not YAML");
        wrong("virga.yaml", "", "0 documents");
    }

    @Test
    void soItIsInTheirs() {
        wrong(".wash/config.yaml", "version: 1\n", "build.command", "is missing");
        wrong(".wash/config.yaml", "build: {command: [a]}\n", "expected a string");
    }

    @Test
    void soItIsInToml() {
        wrong(".wash/config.toml", "build = [", "config.toml:1:", "not TOML");
    }

    @Test
    void aFolderWithoutAnyIsNoProject() {
        String message = assertThrows(CliException.Usage.class, () -> ProjectFiles.read(folder)).getMessage();
        assertTrue(message.contains("virga.yaml") && message.contains(".wash/config.toml"), message);
    }

    private void wrong(String file, String text, String... told) {
        String message = assertThrows(CliException.Usage.class, () -> ProjectFolder.read(folder, file, text)).getMessage();
        for (String each : told) {
            assertTrue(message.contains(each), message);
        }
    }
}
