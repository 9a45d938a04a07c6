package dev.virga.cli.serve;

import dev.virga.cli.Offers;
import dev.virga.component.Component;
import dev.virga.engine.Limiter;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.ingress.HttpServer;
import dev.virga.ingress.Lines;
import dev.virga.ingress.ServeLimits;
import dev.virga.ingress.ServeOptions;
import dev.virga.ingress.Servers;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.HostGrant;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.WasiLimits;
import dev.virga.wasi.http.HttpClients;
import dev.virga.wasi.http.HttpLimits;
import dev.virga.wasi.http.HttpSender;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** Servers for tests, on ports of their own. */
final class Setup implements AutoCloseable {

    private static final int FIELD_LIMIT = 128 * 1024;
    private static final long MEMORY = 256 << 20;

    private final ComponentService service;
    private final HttpServer server;
    private final HttpClients clients;
    private final HttpSender sender;
    private final Lines log;

    private Setup(
            ComponentService service, HttpServer server, HttpClients clients, HttpSender sender, Lines log) {
        this.service = service;
        this.server = server;
        this.clients = clients;
        this.sender = sender;
        this.log = log;
    }

    /** Serves with the guest of {@code src/test/guests/serve}. */
    static Setup guest(String... grants) {
        return guest(Servers.LIMITS, grants);
    }

    static Setup guest(ServeLimits limits, String... grants) {
        return guest(Servers.options(limits), trusted(), grants);
    }

    static Setup guest(ServeOptions options, SSLContext tls, String... grants) {
        Lines log = new Lines();
        Diagnostics diagnostics = new Diagnostics(log::line);
        WasiGrants hosts = WasiGrants.NONE;
        for (String grant : grants) {
            hosts = hosts.with(HostGrant.parse(grant));
        }
        WasiLimits limits = WasiLimits.standard();
        HttpClients clients = new HttpClients(() -> tls);
        HttpSender sender = new HttpSender(clients, hosts, HttpLimits.DEFAULT, limits.network(), diagnostics);
        ComponentService service = new ComponentService(
                Guest.COMPONENT,
                Offers.wasi().join(),
                new ComponentService.Setting(
                        WasiGrants.NONE, limits, Setup::limiter, diagnostics, log),
                FIELD_LIMIT,
                sender);
        return new Setup(service, HttpServer.start(options, service, log), clients, sender, log);
    }

    /** The guest of {@code src/test/guests/serve}. */
    static Component component() {
        return Guest.COMPONENT;
    }

    ComponentService service() {
        return service;
    }

    Lines log() {
        return log;
    }

    private static Limiter limiter() {
        AtomicLong held = new AtomicLong();
        return new Limiter() {
            @Override
            public boolean reserve(long bytes) {
                if (held.addAndGet(bytes) <= MEMORY) {
                    return true;
                }
                held.addAndGet(-bytes);
                return false;
            }

            @Override
            public void release(long bytes) {
                held.addAndGet(-bytes);
            }
        };
    }

    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri() {
        return server.uri();
    }

    HttpServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        sender.close();
        clients.close();
    }

    /** Loaded once for all tests. */
    private static final class Guest {
        static final Component COMPONENT = Component.load(new PortableEngine(Optional.empty()), bytes());

        private static byte[] bytes() {
            try (InputStream in = Setup.class.getResourceAsStream("/guests/serve.wasm")) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
