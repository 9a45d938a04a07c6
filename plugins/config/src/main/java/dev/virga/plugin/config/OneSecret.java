package dev.virga.plugin.config;

import dev.virga.plugin.InstanceContext;

/** {@code wasmcloud:secrets/secret}: the secret that is named as the import is. */
final class OneSecret {

    private final ConfigBinding binding;
    private final InstanceContext instance;
    private final SecretHandles handles;

    OneSecret(ConfigBinding binding, InstanceContext instance) {
        this.binding = binding;
        this.instance = instance;
        this.handles = new SecretHandles(binding.grant());
    }

    /** The interface has no error for it: without the secret, or with too many handles, the guest traps. */
    public Secret get() {
        String key = binding.grant()
                .name()
                .orElseThrow(() -> new IllegalStateException("wasmcloud:secrets/secret was imported without a name"));
        Values.Value value = binding.get(key)
                .orElseThrow(() -> new IllegalStateException(binding.grant() + ": there is no secret \"" + key + "\""));
        instance.used(binding.grant(), "get " + key);
        return handles.open(key, value).orElseThrow(() -> new IllegalStateException(handles.full()));
    }
}
