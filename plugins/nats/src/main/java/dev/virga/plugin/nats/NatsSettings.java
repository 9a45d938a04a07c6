package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import io.nats.client.AuthHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** How to reach a server, as the operator says it. */
final class NatsSettings {

    private static final Set<String> NAMES = Set.of(
            "url", "name", "creds", "nkey", "user", "password", "token", "tls", "tlsCa", "tlsKeystore",
            "tlsKeystorePassword", "timeout", "publishBuffer", "shared", "prefix");

    private static final Set<String> SCHEMES = Set.of("nats", "tls", "ws", "wss");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
    private static final long MOST_BUFFERED = 1 << 30;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PING = Duration.ofSeconds(10);
    private static final long FIRST_WAIT = 100;
    private static final long LONGEST_WAIT = 10_000;

    private NatsSettings() {}

    /**
     * Checks that nothing is misspelt.
     *
     * @param more those of the kind of backend
     */
    static void allow(Settings settings, String... more) {
        Set<String> known = new HashSet<>(NAMES);
        known.addAll(List.of(more));
        settings.allow(known);
    }

    /** How long to wait for the server where nothing else says how long. */
    static Duration timeout(Settings settings) {
        return settings.duration("timeout", Duration.ofMillis(1), LONGEST_TIMEOUT).orElse(TIMEOUT);
    }

    /** @param backend its name, for the server's list of connections */
    static Options.Builder options(String backend, Settings settings) {
        Options.Builder options = new Options.Builder()
                .servers(urls(settings.required("url")))
                .connectionName(settings.text("name").orElse("virga " + backend))
                .connectionTimeout(CONNECT_TIMEOUT)
                .pingInterval(PING)
                .maxReconnects(-1)
                .reconnectDelayHandler(NatsSettings::pause)
                .reconnectBufferSize(settings.bytes("publishBuffer", 0, MOST_BUFFERED).orElse(0L))
                .writeQueuePushTimeout(timeout(settings));
        authentication(settings, options);
        NatsTls.context(settings).ifPresent(options::sslContext);
        return options;
    }

    private static String[] urls(String text) {
        String[] urls = text.split(",");
        for (int i = 0; i < urls.length; i++) {
            urls[i] = urls[i].strip();
            try {
                URI url = new URI(urls[i]);
                if (url.getHost() == null || !SCHEMES.contains(String.valueOf(url.getScheme()))) {
                    throw wrongUrl();
                }
            } catch (URISyntaxException e) {
                throw wrongUrl(); // without the text, which may have a password in it
            }
        }
        return urls;
    }

    private static PluginException.Refused wrongUrl() {
        return new PluginException.Refused(
                "the setting \"url\" must be one or more of nats://HOST:PORT, tls://, ws:// or wss://, with commas"
                        + " between");
    }

    private static void authentication(Settings settings, Options.Builder options) {
        List<String> given = Stream.of("creds", "nkey", "user", "token")
                .filter(name -> settings.text(name).isPresent())
                .toList();
        if (given.size() > 1) {
            throw new PluginException.Refused("the settings " + given + " exclude each other; keep one");
        }
        Optional<AuthHandler> handler = settings.text("creds")
                .map(file -> Nats.credentials(readable("creds", file).toString()))
                .or(() -> settings.text("nkey").map(NatsSettings::nkey));
        handler.ifPresent(options::authHandler);
        settings.text("user").ifPresent(user ->
                options.userInfo(user.toCharArray(), settings.required("password").toCharArray()));
        settings.text("token").ifPresent(token -> options.token(token.toCharArray()));
    }

    private static AuthHandler nkey(String file) {
        try {
            return Nats.staticCredentials(null, Files.readString(readable("nkey", file)).strip().toCharArray());
        } catch (IOException e) {
            throw new PluginException.Refused("the file of the setting \"nkey\" cannot be read: " + file);
        }
    }

    static Path readable(String setting, String file) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw new PluginException.Refused("the file of the setting \"" + setting + "\" cannot be read: " + file);
        }
        return path;
    }

    /** Longer each time, and not the same for all hosts that lost the same server. */
    static Duration pause(long tries) {
        long most = Math.min(LONGEST_WAIT, FIRST_WAIT << Math.clamp(tries, 0, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
