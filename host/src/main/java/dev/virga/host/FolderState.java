package dev.virga.host;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which objects came from which file of a folder: what is deleted there while no host runs has to go as well. */
final class FolderState {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an object is called. */
    record ObjectName(Kind kind, String namespace, String name) {

        static ObjectName of(Manifest manifest) {
            return new ObjectName(
                    manifest.kind(), manifest.metadata().namespace(), manifest.metadata().name());
        }

        /** @throws IllegalArgumentException if this is no name as {@link #toString} writes it */
        static ObjectName parse(String text) {
            String[] parts = text.split("[ /]");
            return new ObjectName(Kind.named(parts[0]).orElseThrow(IllegalArgumentException::new), parts[1], parts[2]);
        }

        @Override
        public String toString() {
            return kind + " " + namespace + "/" + name;
        }
    }

    private final Path file;
    private final Map<String, List<ObjectName>> owned = new TreeMap<>();
    private Map<String, List<ObjectName>> saved;

    /** @throws HostException.Broken if it cannot be read */
    FolderState(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try {
                JSON.readValue(Files.readAllBytes(file), new TypeReference<Map<String, List<String>>>() {})
                        .forEach((name, objects) ->
                                owned.put(name, objects.stream().map(ObjectName::parse).toList()));
            } catch (IOException | RuntimeException e) {
                throw new HostException.Broken(file + " cannot be read: " + e
                        + "; delete it, then what its folder has lost meanwhile stays", e);
            }
        }
        this.saved = Map.copyOf(owned);
    }

    Set<ObjectName> all() {
        Set<ObjectName> all = new HashSet<>();
        owned.values().forEach(all::addAll);
        return all;
    }

    Optional<String> ownerOf(ObjectName object) {
        return owned.entrySet().stream()
                .filter(entry -> entry.getValue().contains(object))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void put(String name, List<ObjectName> objects) {
        owned.put(name, List.copyOf(objects));
    }

    void keepOnly(Set<String> names) {
        owned.keySet().retainAll(names);
    }

    void save() {
        if (owned.equals(saved)) {
            return;
        }
        Map<String, List<String>> texts = new TreeMap<>();
        owned.forEach((name, objects) -> texts.put(name, objects.stream().map(ObjectName::toString).toList()));
        try {
            Path part = Files.createTempFile(file.getParent(), "part", "");
            Files.write(part, JSON.writeValueAsBytes(texts));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HostException.Broken(file + " cannot be written: " + e, e);
        }
        saved = Map.copyOf(owned);
    }
}
