package dev.virga.plugin.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.plugin.Settings;
import dev.virga.plugin.messaging.LoggingHost;
import dev.virga.plugin.messaging.Message;
import dev.virga.plugin.messaging.MessagingBackend;
import dev.virga.plugin.messaging.MessagingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsTlsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private Path folder;

    /** A key with a certificate that is its own authority, as the server wants them. */
    private Path certificate(String name, String alternative) throws Exception {
        Path store = folder.resolve(name + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "a",
                "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + alternative, "-keystore", store.toString(),
                "-storepass", new String(PASSWORD), "-storetype", "PKCS12", "-validity", "2");
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        keytool.getInputStream().readAllBytes();
        keytool.waitFor(60, TimeUnit.SECONDS);
        assertEquals(0, keytool.exitValue());
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        Key key = keys.getKey("a", PASSWORD);
        pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
        return pem(folder.resolve(name + ".pem"), "CERTIFICATE", keys.getCertificate("a").getEncoded());
    }

    private static Path pem(Path file, String what, byte[] bytes) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private NatsServer server(Path certificate, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "--tls", "--tlscert", certificate.toString(), "--tlskey",
                certificate.toString().replace(".pem", ".key")));
        options.addAll(List.of(more));
        return new NatsServer(Files.createTempDirectory(folder, "store"), options.toArray(String[]::new));
    }

    private static void publish(NatsServer server, Path authority, String timeout, String... more) {
        Settings settings = Settings.NONE
                .with("url", server.url().replace("nats:", "tls:"))
                .with("tlsCa", authority.toString())
                .with("timeout", timeout);
        for (int i = 0; i < more.length; i += 2) {
            settings = settings.with(more[i], more[i + 1]);
        }
        try (MessagingBackend core = new NatsMessaging.Kind().open("bus", settings, new LoggingHost(new ArrayList<>()))) {
            core.publish("a", new Message("x", new byte[0]));
        }
    }

    @Test
    void theServersCertificateAndItsNameAreChecked() throws Exception {
        Path right = certificate("right", "ip:127.0.0.1");
        Path other = certificate("other", "ip:127.0.0.1");
        Path misnamed = certificate("misnamed", "dns:elsewhere.example");
        try (NatsServer server = server(right)) {
            publish(server, right, "30s");
            assertThrows(MessagingException.Unavailable.class, () -> publish(server, other, "2s"));
        }
        try (NatsServer server = server(misnamed)) {
            assertThrows(MessagingException.Unavailable.class, () -> publish(server, misnamed, "2s"));
        }
    }

    @Test
    void aCertificateOfTheHostIsShown() throws Exception {
        Path server = certificate("server", "ip:127.0.0.1");
        Path client = certificate("client", "dns:client");
        try (NatsServer nats = server(server, "--tlsverify", "--tlscacert", client.toString())) {
            publish(
                    nats, server, "30s", "tlsKeystore", folder.resolve("client.p12").toString(),
                    "tlsKeystorePassword", new String(PASSWORD));
            assertThrows(MessagingException.Unavailable.class, () -> publish(nats, server, "2s"));
        }
    }
}
