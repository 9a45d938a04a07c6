package dev.virga.cli.doctor;

import dev.virga.wasi.Harmless;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What makes components out of each language. None is needed to run them. */
final class Toolchains {

    private static final long SECONDS = 20;
    private static final int LONGEST = 200;
    private static final String RUST = "curl https://sh.rustup.rs -sSf | sh && rustup target add wasm32-wasip2";
    private static final String WASI_SDK =
            "take wasi-sdk from https://github.com/WebAssembly/wasi-sdk/releases and set WASI_SDK_PATH to its folder";

    private Toolchains() {}

    static List<Finding> look(Map<String, String> environment) {
        List<Finding> findings = new ArrayList<>();
        findings.add(tool("Rust", RUST, "cargo", "--version"));
        version("rustc", "--print", "target-libdir", "--target", "wasm32-wasip2").ifPresent(folder ->
                findings.add(Files.isDirectory(Path.of(folder))
                        ? Finding.good("Rust", "target wasm32-wasip2")
                        : Finding.note(
                                "Rust", "the target wasm32-wasip2 is not installed", "rustup target add wasm32-wasip2")));
        findings.add(tool("JavaScript", "apt install nodejs npm", "node", "--version"));
        findings.add(tool("JavaScript", "npm install --global @bytecodealliance/jco @bytecodealliance/componentize-js",
                "jco", "--version"));
        findings.add(clang(environment));
        findings.add(tool("Go", "see https://tinygo.org/getting-started/install", "tinygo", "version"));
        findings.add(tool("Python", "pip install componentize-py", "componentize-py", "--version"));
        return findings;
    }

    private static Finding tool(String language, String install, String... command) {
        return version(command)
                .map(version -> Finding.good(language, version.startsWith(command[0]) ? version : command[0] + " " + version))
                .orElseGet(() -> Finding.note(language, command[0] + " is not installed", install));
    }

    private static Finding clang(Map<String, String> environment) {
        String sdk = environment.getOrDefault("WASI_SDK_PATH", "/opt/wasi-sdk");
        return version(Path.of(sdk, "bin", "clang").toString(), "--version")
                .map(version -> Finding.good("C", version + " of " + sdk))
                .orElseGet(() -> Finding.note("C", "there is no wasi-sdk in " + sdk, WASI_SDK));
    }

    /** The first line that a command prints, if it can be started and ends well. */
    private static Optional<String> version(String... command) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of(
                            System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null").toFile()))
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        // What hangs is ended, and reading ends with it.
        Thread guard = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        });
        try {
            String text = new String(process.getInputStream().readNBytes(1 << 16), StandardCharsets.UTF_8);
            int code = process.waitFor();
            String first = Harmless.text(text.lines().findFirst().orElse("")).strip();
            return code == 0 && !first.isEmpty()
                    ? Optional.of(first.substring(0, Math.min(first.length(), LONGEST)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            guard.interrupt();
        }
    }
}
