package dev.virga.plugin.redis;

import dev.virga.plugin.Authorities;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * What the operator says of a Redis.
 *
 * @param tls empty for none
 * @param pool most connections for each namespace
 * @param timeout for a call as a whole, with new tries where Redis is away
 */
record RedisSettings(
        HostAndPort address,
        Optional<String> user,
        Optional<String> password,
        int database,
        Optional<SSLSocketFactory> tls,
        int pool,
        Duration timeout,
        Layout layout) {

    private static final List<String> NAMES =
            List.of("url", "username", "password", "database", "ca", "pool", "timeout", "layout", "prefix");
    private static final int POOL = 8;
    private static final int MOST_DATABASES = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** @throws PluginException.Refused naming what is wrong */
    static RedisSettings of(Settings settings) {
        settings.allow(NAMES);
        URI url = url(settings.required("url"));
        Optional<String> user = settings.text("username").or(() -> Optional.ofNullable(JedisURIHelper.getUser(url)));
        return new RedisSettings(
                JedisURIHelper.getHostAndPort(url),
                user.filter(name -> !name.isEmpty()),
                settings.text("password").or(() -> Optional.ofNullable(JedisURIHelper.getPassword(url))),
                settings.number("database", 0, MOST_DATABASES).orElseGet(() -> database(url)),
                tls(url, settings),
                settings.number("pool", 1, 1000).orElse(POOL),
                settings.duration("timeout", Duration.ofMillis(1), LONGEST).orElse(TIMEOUT),
                Layout.of(settings.text("layout").orElse("namespaces"), settings.text("prefix").orElse("")));
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            if (JedisURIHelper.isValid(url)
                    && (JedisURIHelper.isRedisScheme(url) || JedisURIHelper.isRedisSSLScheme(url))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // not shown, since it may have a password
        }
        throw new PluginException.Refused("the setting \"url\" must be redis://HOST:PORT/DATABASE or rediss://…");
    }

    private static int database(URI url) {
        try {
            int database = JedisURIHelper.getDBIndex(url);
            if (database >= 0 && database <= MOST_DATABASES) {
                return database;
            }
        } catch (NumberFormatException e) {
            // the same text says what to do
        }
        throw new PluginException.Refused("the setting \"url\" must end with the number of a database, or with none");
    }

    private static Optional<SSLSocketFactory> tls(URI url, Settings settings) {
        if (!JedisURIHelper.isRedisSSLScheme(url)) {
            if (settings.text("ca").isPresent()) {
                throw new PluginException.Refused("the setting \"ca\" needs a url that begins with rediss://");
            }
            return Optional.empty();
        }
        TrustManager[] trust = {Authorities.of(settings, "ca")};
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return Optional.of(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }
}
