package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The stream of each namespace, made when it is first needed; or one that the operator has made. */
final class Streams {

    private static final Duration MAX_AGE = Duration.ofDays(1);
    private static final Duration SHORTEST_AGE = Duration.ofMillis(100); // as the server has it
    private static final Duration LONGEST_AGE = Duration.ofDays(3650);
    static final int NO_STREAM = 10059;
    static final int NAME_IN_USE = 10058;
    /** Also where another host makes the same stream at the same time. */
    static final int SUBJECTS_OVERLAP = 10065;

    private final Tenancy tenancy;
    private final Optional<String> given;
    private final StoreSettings store;
    private final Duration maxAge;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Streams(Tenancy tenancy, Settings settings) {
        this.tenancy = tenancy;
        this.given = settings.text("stream");
        if (tenancy.shared() && given.isEmpty()) {
            throw new PluginException.Refused("the setting \"stream\" is missing, which must name a stream of yours"
                    + " where \"shared\" is true");
        }
        this.store = StoreSettings.of(settings);
        this.maxAge = settings.duration("maxAge", SHORTEST_AGE, LONGEST_AGE).orElse(MAX_AGE);
    }

    /** Its name; made if it is not there. */
    String ensure(Connection connection, String namespace) throws IOException, JetStreamApiException {
        if (given.isPresent()) {
            return given.get();
        }
        String name = tenancy.name(namespace);
        if (known.contains(name)) {
            return name;
        }
        JetStreamManagement management = connection.jetStreamManagement();
        try {
            management.getStreamInfo(name); // one that is there keeps the limits that its owner gave it
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NO_STREAM) {
                throw e;
            }
            make(management, name, namespace);
        }
        known.add(name);
        return name;
    }

    private void make(JetStreamManagement management, String name, String namespace)
            throws IOException, JetStreamApiException {
        try {
            management.addStream(StreamConfiguration.builder()
                    .name(name)
                    .subjects(tenancy.all(namespace))
                    .storageType(store.storage())
                    .replicas(store.replicas())
                    .maxAge(maxAge)
                    .maxBytes(store.maxBytes())
                    .discardPolicy(DiscardPolicy.New) // a full stream is an error for the sender, not a loss
                    .build());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NAME_IN_USE) { // another host was quicker
                throw e;
            }
        }
    }

    /** They may be gone. */
    void forget() {
        known.clear();
    }
}
