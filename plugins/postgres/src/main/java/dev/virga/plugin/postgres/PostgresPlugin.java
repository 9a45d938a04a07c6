package dev.virga.plugin.postgres;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The backends that the host's operator has defined. Each entry of a workload has connections of its own. */
final class PostgresPlugin implements Plugin {

    private static final String DEFAULT = "default";

    /** Silent, as it would show what servers say as it is; failures are told to the host. Kept, so that it stays so. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private final PluginHost host;
    private final Map<String, Backend> backends = new TreeMap<>();

    PostgresPlugin(PluginHost host) {
        this.host = host;
        host.backends().forEach((name, backend) -> {
            try {
                if (!backend.kind().equals("postgres")) {
                    throw new PluginException.Refused("no kind \"" + backend.kind() + "\"; there is \"postgres\"");
                }
                backends.put(name, new Backend(backend.settings()));
            } catch (PluginException.Refused e) {
                throw new PluginException.Refused(
                        "the backend \"" + name + "\" of the plugin postgres: " + e.getMessage());
            }
        });
    }

    @Override
    public List<Offered<?>> offered() {
        return Wit.OFFERED;
    }

    @Override
    public Binding bind(Grant grant) {
        String name = grant.settings().text("backend").orElse(DEFAULT);
        Backend backend = backends.get(name);
        if (backend == null) {
            throw new PluginException.Refused(grant + ": the host has no PostgreSQL backend \"" + name
                    + "\"; it has " + backends.keySet());
        }
        Server server = backend.server(grant);
        Pool pool = new Pool(new Connector(server, grant.workload(), host::log), server.limits());
        return new Binding() {
            @Override
            public <I> I prepare(Class<I> api, InstanceContext instance) {
                Calls calls = new Calls(grant, instance, pool, server.database(), server.limits());
                return api.cast(api == Query.class ? new Query(calls) : new Prepared(calls, grant.limits().handles()));
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    @Override
    public void close() {}
}
