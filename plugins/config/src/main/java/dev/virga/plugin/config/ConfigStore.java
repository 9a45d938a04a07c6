package dev.virga.plugin.config;

import dev.virga.component.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code wasi:config/store}. */
final class ConfigStore {

    private final ConfigBinding binding;
    private final Map<String, String> own;

    /** @param own of the component, which win over the entry's */
    ConfigStore(ConfigBinding binding, Map<String, String> own) {
        this.binding = binding;
        this.own = own;
    }

    sealed interface Error {
        record Upstream(String text) implements Error {}

        record Io(String text) implements Error {}
    }

    record Entry(String key, String value) {}

    public Result<Optional<String>, Error> get(String key) {
        if (own.containsKey(key)) {
            return Result.ok(Optional.of(own.get(key)));
        }
        return switch (binding.get(key).orElse(null)) {
            case null -> Result.ok(Optional.empty());
            case Values.Value.Text(String text) -> Result.ok(Optional.of(text));
            case Values.Value.Bytes _ -> Result.err(notText(key));
        };
    }

    /** In the order of their keys. */
    public Result<List<Entry>, Error> getAll() {
        List<Entry> entries = new ArrayList<>();
        Map<String, Values.Value> all = binding.all();
        own.forEach((key, value) -> all.put(key, Values.Value.of(value)));
        for (Map.Entry<String, Values.Value> entry : all.entrySet()) {
            switch (entry.getValue()) {
                case Values.Value.Text(String text) -> entries.add(new Entry(entry.getKey(), text));
                case Values.Value.Bytes _ -> {
                    return Result.err(notText(entry.getKey()));
                }
            }
        }
        return Result.ok(entries);
    }

    private static Error notText(String key) {
        return new Error.Io("the value of " + key + " is no UTF-8 text; as a secret it can be read");
    }
}
