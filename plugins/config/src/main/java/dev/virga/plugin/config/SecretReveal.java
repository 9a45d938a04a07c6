package dev.virga.plugin.config;

import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;

/** {@code wasmcloud:secrets/reveal}. */
final class SecretReveal {

    private final Grant grant;
    private final InstanceContext instance;

    SecretReveal(Grant grant, InstanceContext instance) {
        this.grant = grant;
        this.instance = instance;
    }

    sealed interface SecretValue {
        record String(java.lang.String text) implements SecretValue {}

        record Bytes(byte[] content) implements SecretValue {}
    }

    public SecretValue reveal(Secret secret) {
        instance.used(grant, "reveal " + secret.key);
        return switch (secret.value) {
            case Values.Value.Text(String text) -> new SecretValue.String(text);
            case Values.Value.Bytes(byte[] content) -> new SecretValue.Bytes(content);
        };
    }
}
