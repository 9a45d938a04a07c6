package dev.virga.host.manifest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A manifest that is wrong.
 *
 * @param expected each error as it is printed
 * @param schemaKnows whether the JSON Schema refuses it too
 */
record BadCase(String name, String text, List<String> expected, boolean schemaKnows) {

    private static final String FILE = "m.yaml";
    private static final String WORKLOAD =
            "apiVersion: runtime.wasmcloud.dev/v1alpha1\nkind: Workload\nmetadata: {name: a}\n";

    static List<BadCase> all() {
        String[] cases = Samples.text(Path.of("src/test/resources/bad-manifests.txt")).split("(?m)^===");
        return Stream.of(cases).skip(1).map(BadCase::parse).toList();
    }

    private static BadCase parse(String text) {
        int line = text.indexOf('\n');
        String[] parts = text.substring(line + 1).split("(?m)^>>>\n");
        List<String> expected = parts.length < 2
                ? List.of()
                : Arrays.stream(parts[1].split("\n")).map(error -> FILE + ":" + error).toList();
        String header = parts[0].startsWith("spec:") ? WORKLOAD : "";
        return new BadCase(
                text.substring(0, line).replaceFirst("^~? ", ""), header + parts[0], expected, !text.startsWith("~"));
    }

    String file() {
        return FILE;
    }

    @Override
    public String toString() {
        return name;
    }
}
