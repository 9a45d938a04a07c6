package dev.virga.cli.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.virga.cli.CliException;
import dev.virga.oci.Credentials;
import dev.virga.wasi.Harmless;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that keeps credentials (github.com/docker/docker-credential-helpers).
 *
 * @param program in the PATH
 */
record CredentialHelper(String program, Map<String, String> environment) {

    private static final long SECONDS = 60; // it may ask the user
    private static final int MAX_ANSWER = 1 << 20;
    private static final String TOKEN = "<token>";

    private record Answer(int code, String text) {}

    /**
     * @param file that names it, for messages
     * @throws CliException.Failed if that is no name of a helper
     */
    static CredentialHelper of(String name, Path file, Map<String, String> environment) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new CliException.Failed(file + ": \"" + Harmless.text(name) + "\" is no name of a credential helper");
        }
        return new CredentialHelper("docker-credential-" + name, environment);
    }

    /** @param key as Docker has it for the registry */
    Optional<Credentials> get(String key) {
        Answer answer = run("get", key);
        if (answer.code() != 0) {
            if (answer.text().contains("credentials not found")) {
                return Optional.empty();
            }
            throw failed("get", answer.text());
        }
        try {
            JsonNode found = new ObjectMapper().readTree(answer.text());
            String user = found.path("Username").asText();
            String secret = found.path("Secret").asText();
            return secret.isEmpty()
                    ? Optional.empty()
                    : Optional.of(user.equals(TOKEN) ? Credentials.token(secret) : new Credentials(user, secret));
        } catch (IOException e) {
            throw failed("get", "it answers no JSON");
        }
    }

    void store(String key, Credentials credentials) {
        Answer answer = run("store", JsonNodeFactory.instance.objectNode()
                .put("ServerURL", key)
                .put("Username", credentials.user())
                .put("Secret", credentials.password())
                .toString());
        if (answer.code() != 0) {
            throw failed("store", answer.text());
        }
    }

    /** True. */
    boolean erase(String key) {
        Answer answer = run("erase", key);
        if (answer.code() != 0) {
            throw failed("erase", answer.text());
        }
        return true;
    }

    private Answer run(String verb, String input) {
        ProcessBuilder builder = new ProcessBuilder(program, verb).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new CliException.Failed(program + ", which Docker's configuration names, cannot be started: install "
                    + "it, or take it out of the configuration");
        }
        try {
            CompletableFuture<String> read = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    read.complete(new String(
                            process.getInputStream().readNBytes(MAX_ANSWER), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    read.complete("");
                }
            });
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // it has ended without reading, and says why
            }
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw failed(verb, "no answer in " + SECONDS + " s");
            }
            return new Answer(process.exitValue(), read.join().strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(verb, "interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private CliException.Failed failed(String verb, String why) {
        String first = why.lines().findFirst().orElse("no reason given");
        return new CliException.Failed("`" + program + " " + verb + "` failed: " + Harmless.text(first));
    }
}
