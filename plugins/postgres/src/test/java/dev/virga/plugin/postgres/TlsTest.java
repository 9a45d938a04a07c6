package dev.virga.plugin.postgres;

import static dev.virga.plugin.postgres.Setup.one;
import static dev.virga.plugin.postgres.Setup.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsTest {

    private static final String STORE = "password";

    @TempDir
    Path data;

    @Test
    void theServersCertificateIsCheckedAndLimitsHoldThroughTls() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            Path certificate = install(server);
            server.down();
            server.up("ssl=on");

            String root = certificate.toString();
            try (TestHost host = Setup.host(data, Setup.backend(
                            server.port, "tls", "verify-full", "rootCert", root, "resultBytes", "1Mi", "timeout", "1s"));
                    TestWorkload shop = Setup.start(host, Setup.SHOP)) {
                assertEquals(value("bool", true), one(shop, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
                assertEquals(
                        "unexpected the answer is longer than 1048576 bytes; ask for less at a time",
                        Setup.error(shop, "SELECT repeat('x', 100000000)"));
                assertTrue(Setup.error(shop, "SELECT pg_sleep(60)").startsWith("unexpected 57014"));
            }
            try (TestHost host = Setup.host(data, Setup.backend(server.port, "tls", "verify-full"));
                    TestWorkload shop = Setup.start(host, Setup.SHOP)) {
                assertTrue(Setup.error(shop, "SELECT 1").contains("the database cannot be reached"), "nobody vouches for it");
            }
            try (TestHost host = Setup.host(data, Setup.backend(
                            server.port, "tls", "verify-full", "rootCert", root, "url",
                            "postgresql://localhost:" + server.port + "/postgres"));
                    TestWorkload shop = Setup.start(host, Setup.SHOP)) {
                assertTrue(Setup.error(shop, "SELECT 1").contains("the database cannot be reached"), "it is for another name");
            }
            server.down();
            server.up();
            try (TestHost host = Setup.host(data, Setup.backend(server.port, "tls", "require"));
                    TestWorkload shop = Setup.start(host, Setup.SHOP)) {
                assertTrue(Setup.error(shop, "SELECT 1").contains("the database cannot be reached"), "it has no TLS");
            }
        }
    }

    /** Gives the server a key of its own for 127.0.0.1; the file of its certificate. */
    private Path install(PostgresServer server) throws Exception {
        Path store = data.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-keyalg", "EC", "-alias", "db",
                        "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-ext", "bc=ca:true", "-keystore",
                        store.toString(), "-storetype", "PKCS12", "-storepass", STORE)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertEquals(0, keytool.waitFor(), said);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE.toCharArray());
        }
        Path key = server.folder().resolve("key.pem");
        Path certificate = server.folder().resolve("certificate.pem");
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey("db", STORE.toCharArray()).getEncoded()));
        Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("db").getEncoded()));
        String target = server.folder().resolve("data").toString();
        server.run("/bin/cp", key.toString(), target + "/server.key");
        server.run("/bin/cp", certificate.toString(), target + "/server.crt");
        server.run("/bin/chmod", "600", target + "/server.key");
        return certificate;
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + what + "-----\n";
    }
}
