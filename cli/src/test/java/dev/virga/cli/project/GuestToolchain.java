package dev.virga.cli.project;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Real compilers of guests, where they are installed; otherwise what asks for one is skipped. */
final class GuestToolchain {

    /** What packages make is kept between runs. */
    private static final Path KEPT = Path.of("target", "guest-toolchain").toAbsolutePath();

    private GuestToolchain() {}

    /**
     * Makes the project one that can be built here: by the cargo of this machine if it has the target, else by the
     * one of the guest SDK ({@code VIRGA_GUEST_SDK}, or {@code shared/tools/guest-sdk/sdk} above the checkout), with
     * packages that this machine's cargo has fetched.
     */
    static void rust(Path project) throws Exception {
        assumeTrue(succeeds(project, "cargo", "--version"), "cargo is not installed");
        Optional<Path> asked = Optional.ofNullable(System.getenv("VIRGA_GUEST_SDK")).map(Path::of);
        if (asked.isPresent() || !hasTarget(project)) {
            Path sdk = asked.or(GuestToolchain::sdk).orElse(null);
            assumeTrue(sdk != null, "neither has rustc the target wasm32-wasip2, nor is there a guest SDK");
            assumeTrue(succeeds(project, sdk.toString(), "rustc", "--version"), "the guest SDK is not set up");
            assumeTrue(vendored(project), "cargo cannot fetch packages");
            Path file = project.resolve("virga.yaml");
            Files.writeString(file, Files.readString(file).replace("cargo build", sdk + " cargo build --offline"));
        } else {
            kept(project, "rust", "target"); // the SDK would not see it
        }
    }

    /** As {@code npm install} does. */
    static void javaScript(Path project) throws Exception {
        assumeTrue(succeeds(project, "npm", "--version"), "npm is not installed");
        Path wanted = project.resolve("package.json");
        Path modules = kept(project, Integer.toHexString(Files.readString(wanted).hashCode()), "node_modules");
        Files.copy(wanted, modules.resolveSibling("package.json"), StandardCopyOption.REPLACE_EXISTING);
        assumeTrue(
                succeeds(modules.getParent(), "npm", "install", "--no-audit", "--no-fund", "--prefer-offline"),
                "npm cannot install packages");
    }

    private static Path kept(Path project, String version, String folder) throws IOException {
        Path kept = Files.createDirectories(KEPT.resolve(version).resolve(folder));
        Files.createSymbolicLink(project.resolve(folder), kept);
        return kept;
    }

    private static boolean hasTarget(Path folder) throws Exception {
        Process rustc = new ProcessBuilder("rustc", "--print", "sysroot").directory(folder.toFile()).start();
        String root = new String(rustc.getInputStream().readAllBytes()).strip();
        return Files.isDirectory(Path.of(root, "lib", "rustlib", "wasm32-wasip2"));
    }

    private static boolean vendored(Path project) throws Exception {
        boolean fetched = succeeds(project, "cargo", "vendor", "vendor");
        Files.writeString(Files.createDirectories(project.resolve(".cargo")).resolve("config.toml"), """
                [source.crates-io]
                replace-with = "vendored"
                [source.vendored]
                directory = "vendor"
                """);
        return fetched;
    }

    private static Optional<Path> sdk() {
        return Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(p -> p.resolve("shared/tools/guest-sdk/sdk"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean succeeds(Path folder, String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(List.of(command))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
