package dev.virga.host.manifest;

import dev.virga.host.shape.Json;
import dev.virga.host.shape.Struct;
import dev.virga.host.shape.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes manifests so that {@link ManifestParser} reads the same again. Defaults are left out. */
public final class ManifestPrinter {

    private ManifestPrinter() {}

    public static String yaml(List<? extends Manifest> manifests) {
        return Yaml.print(manifests.stream().map(ManifestPrinter::tree).toList());
    }

    public static String json(Manifest manifest) {
        return Json.print(tree(manifest));
    }

    /** As maps, lists, strings, numbers and booleans. Values of secrets are in it. */
    public static Map<String, Object> tree(Manifest manifest) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", manifest.kind().apiVersion());
        tree.put("kind", manifest.kind().toString());
        tree.putAll(fields(manifest.kind().type(), manifest));
        return tree;
    }

    private static <R extends Record> Map<String, Object> fields(Class<R> type, Manifest manifest) {
        return Struct.of(type).write(type.cast(manifest));
    }
}
