package dev.virga.plugin.postgres;

import dev.virga.plugin.Grant;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A server as the host's operator defines it, or servers that manifests may bring. Tenants of one server are kept
 * apart by logins of their own: what a session sets, SET ROLE too, its SQL can set back.
 */
final class Backend {

    private static final String PLACE = "{namespace}";
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final Settings settings;
    private final Optional<ServerUrl> url;
    private final Optional<Addresses> addresses;
    private final Set<String> databases;
    private final Optional<Set<String>> namespaces;
    private final Tls tls;
    private final PostgresLimits limits;

    Backend(Settings settings) {
        List<String> known = new ArrayList<>(PostgresLimits.NAMES);
        known.addAll(List.of(
                "url", "user", "password", "schema", "databases", "namespaces", "addresses", "tls", "rootCert"));
        settings.allow(known);
        this.settings = settings;
        this.url = settings.text("url").map(text -> ServerUrl.parse(text.replace(PLACE, "%7Bnamespace%7D")));
        this.addresses = settings.text("addresses").map(Addresses::parse);
        this.databases = settings.text("databases").map(Backend::list).orElse(Set.of());
        this.namespaces = settings.text("namespaces").map(Backend::list);
        this.limits = PostgresLimits.of(settings);
        Tls least = settings.text("tls").map(text -> Tls.of("tls", text)).orElse(Tls.VERIFY_FULL);
        this.tls = least.orStronger(url.map(ServerUrl::tls).orElse(Tls.DISABLE));
        if (url.isEmpty() && addresses.isEmpty()) {
            throw new PluginException.Refused("set \"url\" to a server, or \"addresses\" to those that manifests may name");
        }
        if (url.isPresent() && user(url.get()).isEmpty()) {
            throw new PluginException.Refused("set \"user\", or name one in \"url\"");
        }
    }

    private static Set<String> list(String text) {
        return Set.of(text.strip().split("\\s*,\\s*"));
    }

    private Optional<String> user(ServerUrl server) {
        return settings.text("user").or(server::user);
    }

    /** @throws PluginException.Refused if the workload may not use it in this way */
    Server server(Grant grant) {
        grant.settings().allow(List.of("backend", "database", "url"));
        String namespace = grant.workload().namespace();
        if (namespaces.isPresent() && !namespaces.get().contains(namespace)) {
            throw new PluginException.Refused(grant + ": the namespace " + namespace + " may not use this backend: the "
                    + "host's operator can add it to its \"namespaces\"");
        }
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new PluginException.Refused(
                    "a namespace is a label of lower-case letters, digits and hyphens, not " + namespace);
        }
        Optional<String> own = grant.settings().text("url");
        return own.isPresent() ? brought(grant, ServerUrl.parse(own.get())) : defined(grant, namespace);
    }

    private Server defined(Grant grant, String namespace) {
        ServerUrl server = url.orElseThrow(() -> new PluginException.Refused(
                grant + ": this backend names no server; set \"url\" to one that it allows"));
        Optional<String> wanted = grant.settings().text("database");
        String ownDatabase = place(server.database().orElse("postgres"), namespace);
        if (wanted.isPresent() && !wanted.get().equals(ownDatabase) && !databases.contains(wanted.get())) {
            throw new PluginException.Refused(grant + ": the backend does not allow the database \"" + wanted.get()
                    + "\": the host's operator can add it to its \"databases\"");
        }
        return new Server(
                server.host(),
                server.port(),
                wanted.orElse(ownDatabase),
                place(user(server).orElseThrow(), namespace),
                settings.text("password").or(server::password),
                settings.text("schema").map(schema -> place(schema, namespace)),
                tls,
                settings.text("rootCert"),
                limits);
    }

    private Server brought(Grant grant, ServerUrl server) {
        if (addresses.filter(allowed -> allowed.allow(server)).isEmpty()) {
            throw new PluginException.Refused(grant + ": the host does not allow a database at " + server
                    + ": its operator can add it to the backend's \"addresses\"");
        }
        return new Server(
                server.host(),
                server.port(),
                grant.settings().text("database").or(server::database).orElse("postgres"),
                server.user().orElseThrow(() -> new PluginException.Refused(grant + ": \"url\" must name a user")),
                server.password(),
                Optional.empty(),
                tls.orStronger(server.tls()),
                settings.text("rootCert"),
                limits);
    }

    private static String place(String text, String namespace) {
        return text.replace(PLACE, namespace);
    }
}
