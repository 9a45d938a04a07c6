package dev.virga.plugin.config;

import dev.virga.component.Result;
import dev.virga.plugin.InstanceContext;
import java.util.Optional;

/** {@code wasmcloud:secrets/store}. */
final class SecretStore {

    private final ConfigBinding binding;
    private final InstanceContext instance;
    private final SecretHandles handles;

    SecretStore(ConfigBinding binding, InstanceContext instance) {
        this.binding = binding;
        this.instance = instance;
        this.handles = new SecretHandles(binding.grant());
    }

    sealed interface Error {
        record Upstream(String text) implements Error {}

        record Io(String text) implements Error {}

        record NotFound() implements Error {}
    }

    public Result<Secret, Error> get(String key) {
        Optional<Values.Value> value = binding.get(key);
        if (value.isEmpty()) {
            return Result.err(new Error.NotFound());
        }
        instance.used(binding.grant(), "get " + key);
        Optional<Secret> secret = handles.open(key, value.get());
        return secret.isPresent() ? Result.ok(secret.get()) : Result.err(new Error.Io(handles.full()));
    }
}
