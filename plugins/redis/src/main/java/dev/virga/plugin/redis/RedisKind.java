package dev.virga.plugin.redis;

import dev.virga.plugin.keyvalue.Backend;
import dev.virga.plugin.keyvalue.BackendKind;

/** {@code redis}; see {@link RedisSettings}. */
public final class RedisKind implements BackendKind {

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Backend open(Opening opening) {
        return new RedisBackend(RedisSettings.of(opening.settings()), opening.log());
    }
}
