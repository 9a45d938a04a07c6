package dev.virga.plugin.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators define and manifests choose. */
class SettingsTest {

    private static final String URL = "postgresql://app:hunter2@db.example.com:6000/shop";

    private static Backend backend(String... settings) {
        return new Backend(settings(settings));
    }

    private static Settings settings(String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new Settings(all);
    }

    private static Server server(Backend backend, String... settings) {
        return backend.server(Setup.grant(Setup.SHOP, settings));
    }

    @Test
    void theOperatorsServerIsTaken() {
        Server server = server(backend("url", URL));
        assertEquals("db.example.com:6000", server.toString());
        assertEquals("app", server.user());
        assertEquals("hunter2", server.password().orElseThrow());
        assertEquals("shop", server.database());
        assertEquals(Tls.VERIFY_FULL, server.tls());
        Server ofNamespace = server(backend("url", "postgres://db/tenant_{namespace}", "user", "u_{namespace}", "schema", "{namespace}"));
        assertEquals("tenant_team u_team team", ofNamespace.database() + " " + ofNamespace.user() + " " + ofNamespace.schema().orElseThrow());
        assertEquals("::1:5432", server(backend("url", "postgresql://u@[::1]/d")).toString());
    }

    @Test
    void aManifestChoosesAmongAllowedDatabases() {
        Backend backend = backend("url", URL, "databases", "orders, mail");
        assertEquals("orders", server(backend, "database=orders").database());
        assertEquals("shop", server(backend, "database=shop").database());
        assertRefused(backend, "the backend does not allow the database \"payroll\"", "database=payroll");
    }

    @Test
    void aManifestBringsAnAllowedServerOnly() {
        Backend backend = backend("addresses", "db.example.com:*, *.db.internal:5432, 10.0.0.1:5432");
        String own = "url=postgresql://me:hunter2@";
        assertEquals("db.example.com:6000", server(backend, own + "DB.example.com:6000/x?sslmode=prefer&pool_size=4").toString());
        assertEquals("a.db.internal:5432", server(backend, own + "a.db.internal/x").toString());
        for (String other : new String[] {"db.internal", "xdb.internal", "a.db.internal:5433", "example.com", "169.254.169.254",
            "10.0.0.1.evil.com", "localhost"}) {
            assertRefused(backend, "the host does not allow a database at ", own + other + "/x");
        }
        assertRefused(backend("url", URL), "the host does not allow a database at ", own + "db.example.com:6000/shop");
        assertRefused(backend, "this backend names no server");
    }

    @Test
    void aUrlHasNoOtherParametersAndIsNeverShown() {
        Backend backend = backend("addresses", "db:5432");
        String own = "url=postgresql://me:hunter2@db/x";
        assertRefused(backend, "may have the parameter sslmode and no other one", own + "?socketFactory=evil.Class");
        assertRefused(backend, "may have the parameter sslmode and no other one", own + "?loggerFile=/etc/passwd&sslmode=require");
        assertRefused(backend, "\"sslmode\" must be one of disable, require, verify-ca, verify-full", own + "?sslmode=off");
        assertRefused(backend, "must name one host", "url=postgresql://me:hunter2@a,b/x");
        assertRefused(backend, "must begin with postgresql://", "url=jdbc:postgresql://me:hunter2@db/x");
        assertRefused(backend, "is malformed at character", "url=postgresql://me:hunter2@db/ x");
        assertRefused(backend, "must name a user", "url=postgresql://db/x");
        assertRefused(backend, "unknown settings [sql]", "sql=x");
    }

    @Test
    void theStrongerTlsOfBothCounts() {
        assertEquals(Tls.REQUIRE, server(backend("addresses", "db:5432", "tls", "disable"), "url=postgresql://u@db/x?sslmode=require").tls());
        assertEquals(Tls.VERIFY_FULL, server(backend("addresses", "db:5432"), "url=postgresql://u@db/x?sslmode=disable").tls());
    }

    @Test
    void namespacesAreChecked() {
        assertRefused(backend("url", URL, "namespaces", "other, team2"), "the namespace team may not use this backend");
        String message = assertThrows(PluginException.Refused.class, () -> backend("url", URL).server(
                        Setup.grant(new WorkloadName("a\"; x", "shop")))).getMessage();
        assertTrue(message.startsWith("a namespace is a label"), message);
    }

    @Test
    void wrongBackendsAreRefused() {
        assertWrong("set \"url\" to a server, or \"addresses\"");
        assertWrong("set \"user\"", "url", "postgresql://db/x");
        assertWrong("\"tls\" must be one of", "url", URL, "tls", "maybe");
        assertWrong("\"poolSize\" must be from 1", "url", URL, "poolSize", "0");
        assertWrong("\"timeout\" must be from 1ms", "url", URL, "timeout", "0s");
        assertWrong("\"timeout\" must be from 1ms", "url", URL, "timeout", "100000h");
        assertWrong("\"addresses\" lists HOST:PORT", "addresses", "*:5432");
        assertWrong("\"addresses\" lists HOST:PORT", "addresses", "db");
        assertWrong("unknown settings [pool]", "url", URL, "pool", "3");
    }

    private static void assertWrong(String expected, String... settings) {
        String message = assertThrows(PluginException.Refused.class, () -> backend(settings)).getMessage();
        assertTrue(message.contains(expected) && !message.contains("hunter2"), message);
    }

    private static void assertRefused(Backend backend, String expected, String... settings) {
        String message = assertThrows(PluginException.Refused.class, () -> server(backend, settings)).getMessage();
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("hunter2"), message);
    }
}
