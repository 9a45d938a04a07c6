package dev.virga.plugin.config;

import dev.virga.component.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code wasi:config/store}. */
final class ConfigStore {

    private final ConfigBinding binding;
    private final Values own;

    /** @param own the component's, which count before those of the workload */
    ConfigStore(ConfigBinding binding, Values own) {
        this.binding = binding;
        this.own = own;
    }

    sealed interface Error {
        record Upstream(String text) implements Error {}

        record Io(String text) implements Error {}
    }

    record Entry(String key, String value) {}

    public Result<Optional<String>, Error> get(String key) {
        return switch (own.get(key).or(() -> binding.get(key)).orElse(null)) {
            case null -> Result.ok(Optional.empty());
            case Values.Value.Text(String text) -> Result.ok(Optional.of(text));
            case Values.Value.Bytes _ -> Result.err(notText(key));
        };
    }

    /** In the order of their keys. */
    public Result<List<Entry>, Error> getAll() {
        List<Entry> entries = new ArrayList<>();
        Map<String, Values.Value> all = binding.all();
        all.putAll(own.sorted());
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
