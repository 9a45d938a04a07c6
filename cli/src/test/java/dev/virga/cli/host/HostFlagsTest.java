package dev.virga.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFlagsTest {

    @TempDir
    private Path folder;

    private void assertRefused(int code, String why, String... flags) {
        List<String> all = new ArrayList<>(List.of("host", "--addr", "127.0.0.1:0", "--data", folder.resolve("d").toString()));
        all.addAll(List.of(flags));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertEquals(code, run.exitCode(), run.err());
        assertTrue(run.err().contains(why), run.err());
        assertEquals("", run.out());
    }

    private String config(String text) throws Exception {
        return Files.writeString(folder.resolve("config.yaml"), text).toString();
    }

    @Test
    void flagsThatMakeNoSenseAreUsageErrors() {
        assertRefused(2, "write HOST:PORT", "--admin", "nonsense");
        assertRefused(2, "--tls-cert and --tls-key go together", "--tls-cert", "c.pem");
        assertRefused(2, "--client-ca needs --tls-cert", "--client-ca", "c.pem");
        assertRefused(2, "write PLUGIN.NAME=KIND", "--backend", "keyvalue=redis");
        assertRefused(2, "at least 1", "--max-requests", "0");
        assertRefused(1, "of --manifests cannot be watched", "--manifests", folder.resolve("none").toString());
    }

    @Test
    void backendsThatThereAreNotAreTold() {
        assertRefused(1, "did you mean keyvalue?", "--backend", "keyvlue.x=memory");
        assertRefused(1, "of the unknown kind", "--backend", "keyvalue.x=nonsense");
    }

    @Test
    void aBadConfigurationIsToldWithLineAndColumnAndNoSecret() throws Exception {
        assertRefused(2, "config.yaml:1:1: backnds: unknown field; did you mean backends?",
                "--config", config("backnds: {}"));
        assertRefused(2, "config.yaml:2:11: limits.memory: ", "--config", config("limits:\n  memory: 1x"));
        assertRefused(2, "there is no variable NO_SUCH_VARIABLE",
                "--config", config("backends: {keyvalue: {c: {kind: redis, environment: {password: NO_SUCH_VARIABLE}}}}"));
        assertRefused(2, "nowhere: cannot be read",
                "--config", config("backends: {keyvalue: {c: {kind: redis, files: {password: nowhere}}}}"));
    }
}
