package dev.virga.cli.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.oci.Credentials;
import dev.virga.oci.RegistryAuths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Docker's configuration, where its users' credentials are: in the file itself, or with a helper that it names.
 *
 * @param environment for helpers, which are programs in the PATH
 */
public record DockerConfig(Path file, Map<String, String> environment) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param environment variables; {@code DOCKER_CONFIG} names the folder */
    public static DockerConfig find(Map<String, String> environment) {
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        Path home = folder.isEmpty() ? Path.of(System.getProperty("user.home"), ".docker") : Path.of(folder);
        return new DockerConfig(home.resolve("config.json"), environment);
    }

    /**
     * @param registry {@code HOST[:PORT]}
     * @throws CliException.Failed if the file is malformed, or a helper fails
     */
    public Optional<Credentials> credentials(String registry) {
        ObjectNode config = read();
        Optional<Credentials> helped =
                helper(config, registry).flatMap(helper -> helper.get(RegistryAuths.key(registry)));
        try {
            return helped.or(() -> RegistryAuths.find(config, registry));
        } catch (IllegalArgumentException e) {
            throw new CliException.Failed(file + ": what it has for " + registry
                    + " is not Base64; log in again with `virga oci login " + registry + "`");
        }
    }

    /**
     * Keeps credentials, with the helper if there is one.
     *
     * @return where they are now, in words
     */
    String store(String registry, Credentials credentials) {
        ObjectNode config = read();
        Optional<CredentialHelper> helper = helper(config, registry);
        if (helper.isPresent()) {
            helper.get().store(RegistryAuths.key(registry), credentials);
            return "with " + helper.get().program();
        }
        String pair = credentials.user() + ":" + credentials.password();
        auths(config)
                .putObject(RegistryAuths.key(registry))
                .put("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        write(config);
        return "in " + file + ", not encrypted; a credential helper (\"credsStore\") keeps them better";
    }

    /** Whether there were any. */
    boolean erase(String registry) {
        ObjectNode config = read();
        String key = RegistryAuths.key(registry);
        boolean helped = helper(config, registry)
                .map(helper -> helper.get(key).isPresent() && helper.erase(key))
                .orElse(false);
        if (auths(config).remove(key) == null) {
            return helped;
        }
        write(config);
        return true;
    }

    private static ObjectNode auths(ObjectNode config) {
        return config.path("auths") instanceof ObjectNode auths ? auths : config.putObject("auths");
    }

    private Optional<CredentialHelper> helper(JsonNode config, String registry) {
        String name = config.path("credHelpers").path(registry).asText(config.path("credsStore").asText());
        return name.isEmpty() ? Optional.empty() : Optional.of(CredentialHelper.of(name, file, environment));
    }

    private ObjectNode read() {
        try {
            if (!Files.exists(file)) {
                return JsonNodeFactory.instance.objectNode();
            }
            if (JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode config) {
                return config;
            }
            throw new CliException.Failed(file + ": not a JSON object, as Docker's configuration is");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new CliException.Failed(file + ": malformed JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new CliException.Failed(file + ": cannot be read: " + AtomicFile.reason(e));
        }
    }

    /** For its owner alone from the first moment on. */
    private void write(ObjectNode config) {
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file) && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config));
        } catch (IOException e) {
            throw new CliException.Failed(file + ": cannot be written: " + AtomicFile.reason(e));
        }
    }
}
