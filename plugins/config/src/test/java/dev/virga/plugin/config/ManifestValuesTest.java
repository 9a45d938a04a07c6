package dev.virga.plugin.config;

import static dev.virga.plugin.config.Setup.SHOP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Limits;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of manifests and of the host's environment. */
class ManifestValuesTest {

    @TempDir
    Path data;

    @Test
    void aManifestsValuesAreConfigurationAndSecrets() throws IOException {
        try (TestHost host = Setup.host(data, Map.of(), Map.of());
                TestWorkload shop = Setup.start(host, SHOP, "color=blue", "empty=", "key=a=b")) {
            assertEquals(Optional.of("blue"), Setup.get(shop, "color"));
            assertEquals(Optional.of(""), Setup.get(shop, "empty"));
            assertEquals(Optional.empty(), Setup.get(shop, "colour"));
            assertEquals(
                    Result.ok(List.of(
                            Tuple.of("color", "blue"), Tuple.of("empty", ""), Tuple.of("key", "a=b"))),
                    Setup.all(shop));
            assertEquals("blue", Setup.reveal(shop, "color", 1));
            assertTrue(Setup.reveal(shop, "colour", 1).contains("NotFound"));
        }
    }

    @Test
    void theEnvironmentIsSeenThroughItsPrefixOnlyAndTheManifestCountsMore() throws IOException {
        Map<String, String> environment =
                Map.of("APP_URL", "http://a", "APP_COLOR", "red", "APP_", "x", "PATH", "/bin", "XAPP_Y", "z");
        PluginHost.Backend backend =
                new PluginHost.Backend("environment", new Settings(Map.of("prefix", "APP_", "namespaces", "team, a")));
        try (TestHost host = Setup.host(data, environment, Map.of("env", backend));
                TestWorkload shop = Setup.start(host, SHOP, "virga.backend=env", "COLOR=blue")) {
            assertEquals(
                    Result.ok(List.of(Tuple.of("COLOR", "blue"), Tuple.of("URL", "http://a"))), Setup.all(shop));

            WorkloadName other = new WorkloadName("other", "shop");
            String message = assertThrows(
                            PluginException.Refused.class, () -> Setup.start(host, other, "virga.backend=env"))
                    .getMessage();
            assertEquals(
                    "the namespace other may not use the backend \"env\": the host's operator can add it to its "
                            + "\"namespaces\"",
                    message);
        }
    }

    @Test
    void anInstanceHoldsSoManySecretsOnly() throws IOException {
        try (TestHost host = Setup.host(data, Map.of(), Map.of());
                TestWorkload shop = Setup.start(host, SHOP, "key=v")) {
            assertEquals("v", Setup.reveal(shop, "key", Limits.DEFAULT.handles()));
            String error = Setup.reveal(shop, "key", Limits.DEFAULT.handles() + 1);
            assertTrue(error.contains("holds 256 secrets, as many as it may"), error);
        }
    }

    @Test
    void noSecretIsEverPrinted() throws IOException {
        String secret = "hunter2-of-the-tests";
        try (TestHost host = Setup.host(data, Map.of("APP_K", secret), Map.of());
                TestWorkload shop = Setup.start(host, SHOP, "key=" + secret)) {
            Setup.reveal(shop, "key", 1);
            assertEquals(
                    List.of("used wasmcloud:secrets: get key", "used wasmcloud:secrets: reveal key"), shop.audit());
            Values values = Values.of(new Settings(Map.of("key", secret)));
            for (Object shown : List.of(
                    values,
                    values.get("key"),
                    values.sorted(),
                    new Secret("key", values.get("key").orElseThrow(), () -> {}),
                    host.log(),
                    shop.log())) {
                assertFalse(shown.toString().contains(secret), shown.getClass()::getName);
            }
        }
    }

    @Test
    void aSecretThatIsImportedByNameMustBeThere() {
        try (TestHost host = Setup.host(data, Map.of(), Map.of())) {
            Grant grant = new Grant(
                    SHOP, Wit.SECRETS, Set.of("secret"), Optional.empty(), Optional.of("db-password"),
                    new Settings(Map.of("db-pasword", "x")), Limits.DEFAULT);
            String message = assertThrows(PluginException.Refused.class, () -> host.plugin().bind(grant)).getMessage();
            assertEquals(
                    "wasmcloud:secrets (db-password): there is no secret \"db-password\"; add a value of this name to "
                            + "its secretFrom or config",
                    message);
        }
    }

    @Test
    void wrongBackendsAreRefused() {
        assertRefused(new PluginHost.Backend("vault", Settings.NONE), "no kind \"vault\"");
        assertRefused(new PluginHost.Backend("environment", Settings.NONE), "\"prefix\" is missing");
        assertRefused(new PluginHost.Backend("environment", new Settings(Map.of("prefix", " "))), "\"prefix\" is empty");
        assertRefused(new PluginHost.Backend("files", new Settings(Map.of("path", "a/b"))), "must be an absolute path");
        assertRefused(new PluginHost.Backend("files", new Settings(Map.of("pth", "/a"))), "unknown settings [pth]");
        try (TestHost host = Setup.host(data, Map.of(), Map.of())) {
            String message = assertThrows(
                            PluginException.Refused.class, () -> Setup.start(host, SHOP, "virga.backend=env"))
                    .getMessage();
            assertEquals("wasi:config: the host has no backend \"env\" for this; it has []", message);
        }
    }

    private void assertRefused(PluginHost.Backend backend, String expected) {
        String message = assertThrows(
                        PluginException.Refused.class, () -> Setup.host(data, Map.of(), Map.of("b", backend)))
                .getMessage();
        assertTrue(message.startsWith("the backend \"b\" of the plugin config: ") && message.contains(expected), message);
    }
}
