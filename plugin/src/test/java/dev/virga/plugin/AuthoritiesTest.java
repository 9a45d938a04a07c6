package dev.virga.plugin;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthoritiesTest {

    @Test
    void withoutASettingTheyAreTheJvms() {
        assertTrue(Authorities.of(Settings.NONE, "ca").getAcceptedIssuers().length > 0);
    }

    @Test
    void aFileWithoutCertificatesIsRefused(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("ca.pem"));
        for (Path file : new Path[] {empty, folder.resolve("none.pem"), folder}) {
            String text = assertThrows(PluginException.Refused.class,
                    () -> Authorities.of(Settings.NONE.with("ca", file.toString()), "ca")).getMessage();
            assertTrue(text.startsWith("the setting \"ca\" must be a file with certificates in PEM: "), text);
        }
    }
}
