package dev.virga.plugin.keyvalue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who is told of which bucket's changes. */
final class Changes {

    private final Map<String, List<Consumer<String>>> watchers = new ConcurrentHashMap<>();

    /** @param prefix of the bucket's keys in the tables */
    AutoCloseable watch(String prefix, Consumer<String> changed) {
        watchers.computeIfAbsent(prefix, _ -> new CopyOnWriteArrayList<>()).add(changed);
        return () -> watchers.computeIfPresent(prefix, (_, all) -> {
            all.remove(changed);
            return all.isEmpty() ? null : all;
        });
    }

    /** @param keys in the tables */
    void tell(List<String> keys) {
        if (watchers.isEmpty()) {
            return;
        }
        for (String key : keys) {
            int end = key.indexOf('\0', key.indexOf('\0') + 1) + 1;
            watchers.getOrDefault(key.substring(0, end), List.of())
                    .forEach(changed -> changed.accept(key.substring(end)));
        }
    }
}
