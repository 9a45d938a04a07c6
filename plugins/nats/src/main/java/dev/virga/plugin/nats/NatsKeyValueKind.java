package dev.virga.plugin.nats;

import dev.virga.plugin.keyvalue.Backend;
import dev.virga.plugin.keyvalue.BackendKind;

/** {@code nats} for key-value stores. */
public final class NatsKeyValueKind implements BackendKind {

    @Override
    public String name() {
        return "nats";
    }

    @Override
    public Backend open(Opening opening) {
        NatsSettings.allow(opening.settings(), "storage", "replicas", "maxBytes");
        return new NatsKeyValue(opening);
    }
}
