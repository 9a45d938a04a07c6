package dev.virga.cli;

import static dev.virga.cli.CommandRun.example;
import static dev.virga.cli.CommandRun.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout that is built already: its jar only names the classes under test. */
@Timeout(60)
class LauncherTest {

    @TempDir
    Path checkout;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void makeCheckout() throws IOException {
        assumeTrue(onPath("sh").isPresent(), "there is no sh here");
        Files.copy(Path.of("..", "virga"), checkout.resolve("virga"));
        Path jar = checkout.resolve("cli/target/virga.jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.virga.cli.Main");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, Arrays.stream(TestClasspath.entries())
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        // An empty cache says that this JDK can make none, so that no time goes into making one.
        Path cache = checkout.resolve(".virga").resolve(System.getProperty("java.version") + ".aot");
        Files.createDirectories(cache.getParent());
        Files.createFile(cache);
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void itPrintsTheVersion() throws Exception {
        Ended ended = end(start(Map.of(), "--version"));
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.out().matches("virga \\d+\\.\\d+\\.\\d+.*\\R"), ended.out());
        assertEquals("", ended.err());
    }

    @Test
    void anUnknownCommandIsAUsageError() throws Exception {
        assertEquals(2, end(start(Map.of(), "nonsense")).code());
    }

    @Test
    void theGuestsExitCodeIsTheProcesss() throws Exception {
        assertEquals(42, end(start(Map.of(), "run", guest("exit-code"))).code());
    }

    @Test
    void namesThatAreNotAsciiReachTheGuestInAnyLocale() throws Exception {
        Path folder = Files.createDirectory(checkout.resolve("granted"));
        // made by a shell, since this JVM may not be able to name it
        assertEquals(0, new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'gr\\303\\274n')\"")
                .directory(folder.toFile()).start().waitFor());
        Ended ended = end(start(
                Map.of("LC_ALL", "C"), "run", "--dir", folder + "::/d", example("hello-cli/hello.wasm"), "ls", "/d"));
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.out().contains("gr\u00fcn"), ended.out());
    }

    @Test
    void withoutAJdkOneLineSaysWhatIsNeeded() throws Exception {
        Path tools = Files.createDirectory(checkout.resolve("bin"));
        for (String tool : new String[] {"readlink", "find", "mkdir"}) {
            Path script = tools.resolve(tool);
            Files.writeString(script, "#!" + onPath("sh").orElseThrow() + "\nexec '" + onPath(tool).orElseThrow() + "' \"$@\"\n");
            assertTrue(script.toFile().setExecutable(true));
        }
        Ended ended = end(start(
                Map.of("PATH", tools.toString(), "HOME", tools.toString(), "JAVA_HOME", "", "JAVA25_HOME", "",
                        "VIRGA_JDKS", ""),
                "--version"));
        assertEquals(2, ended.code());
        assertEquals("", ended.out());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertTrue(ended.err().startsWith("virga: needs a JDK 25 or newer"), ended.err());
    }

    @Test
    void aServerThatIsToldToEndFinishesItsRequestsFirst() throws Exception {
        Process server = start(Map.of(), "serve", "--addr", "127.0.0.1:0", "--grace", "30s", example("http-api/api.wasm"));
        finishesItsRequestsFirst(server, listening(server));
    }

    @Test
    void aHostThatIsToldToEndFinishesItsRequestsFirst() throws Exception {
        Path folder = Files.createDirectory(checkout.resolve("manifests"));
        Files.copy(Path.of(example("http-api/api.wasm")), folder.resolve("api.wasm"));
        Files.writeString(folder.resolve("api.yaml"), """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Workload
                metadata: {name: api}
                spec: {components: [{name: api, image: "file:api.wasm"}]}
                virga: {ingress: {routes: [{host: x, component: api}]}}
                """);
        String data = checkout.resolve("data").toString();
        Process host = start(Map.of(), "host", "--addr", "127.0.0.1:0", "--grace", "30s", "--data", data,
                "--manifests", folder.toString());
        URI address = listening(host);
        assertEquals(0, end(start(Map.of(), "apply", "-f", folder.toString(), "--wait", "--data", data)).code());
        finishesItsRequestsFirst(host, address);
    }

    private static URI listening(Process server) throws IOException {
        BufferedReader printed = server.inputReader(StandardCharsets.UTF_8);
        String line = printed.readLine();
        assertTrue(line != null && line.startsWith("listening on "), line);
        return URI.create(line.substring("listening on ".length()));
    }

    private static void finishesItsRequestsFirst(Process server, URI address) throws Exception {
        try (Socket client = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = client.getOutputStream();
            out.write(("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nConnection: close\r\n\r\nfirst")
                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("first") < 0) {
                int read = client.getInputStream().read();
                assertTrue(read >= 0, "the answer ended early: " + answer);
                answer.append((char) read);
            }

            server.destroy(); // SIGTERM
            assertThrows(ConnectException.class, () -> {
                while (true) {
                    new Socket(address.getHost(), address.getPort()).close();
                }
            });

            out.write("again".getBytes(StandardCharsets.US_ASCII));
            String rest = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(rest.contains("again"), rest);
        }
        assertEquals(0, server.waitFor());
    }

    @Test
    void whereThereIsNoNativeEngineThePortableOneIsUsedAndTheReasonSaid() throws Exception {
        Map<String, String> elsewhere = Map.of("VIRGA_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Dos.name=Elsewhere");
        String hello = example("hello-cli/hello.wasm");
        Ended asked = end(start(elsewhere, "run", "--engine", "native", hello));
        assertEquals(2, asked.code(), asked.err());
        assertTrue(asked.err().startsWith(
                "virga: --engine native: not on this machine: there is none for Elsewhere on "), asked.err());

        Ended unset = end(start(elsewhere, "run", "--verbose", hello, "exit", "0"));
        assertEquals(0, unset.code(), unset.err());
        assertTrue(unset.err().startsWith("virga: " + hello
                + ": engine: portable (native is not on this machine: there is none for Elsewhere on "), unset.err());
    }

    private record Ended(int code, String out, String err) {}

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(onPath("sh").orElseThrow().toString(), checkout.resolve("virga").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(checkout.resolve("err").toFile());
        // these processes are too short for the optimising compiler
        builder.environment().put("VIRGA_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Ended end(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), out, Files.readString(checkout.resolve("err")));
    }

    private static Optional<Path> onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
