package dev.virga.plugin.config;

import dev.virga.plugin.Grant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The handles that an instance holds at a time. */
final class SecretHandles {

    private final int most;
    private final AtomicInteger held = new AtomicInteger();

    SecretHandles(Grant grant) {
        this.most = grant.limits().handles();
    }

    /** Empty if there are too many. */
    Optional<Secret> open(String key, Values.Value value) {
        if (held.incrementAndGet() > most) {
            held.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Secret(key, value, held::decrementAndGet));
    }

    String full() {
        return "the instance holds " + most + " secrets, as many as it may; drop some first";
    }
}
