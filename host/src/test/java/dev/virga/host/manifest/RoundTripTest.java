package dev.virga.host.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.shape.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    private static final int RUNS = Integer.getInteger("virga.fuzz.mutations", 600);
    private static final List<Object> SCALARS = List.of(
            0, 1, 65_536, "", "a", "1", "true", "~", "null", "no", "0x1", "1e3",
            "- a", "a: b", " a ", "#", "'", "\"", "|",
            "\n", "a\n\nb\n", "\t", "\u0000", "\u007f", "\u0085", "\u2028", "\ufeff", "\ud83d\ude00", "*", "&a", "!x",
            "%", "@", "`", "{", "[",
            "30s", "1500ms", "2h", "64Mi", "256M", "1025", "50%", "*.example.com", "::/0", "/a/b",
            "0.3.0", true, false);

    private final Random random = new Random(5);

    @Test
    void whatIsPrintedIsReadAsTheSame() {
        List<Map<String, Object>> samples = samples();
        int read = 0;
        for (int run = 0; run < RUNS; run++) {
            Object tree = samples.get(random.nextInt(samples.size()));
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                tree = changed(tree);
            }
            List<Manifest> all;
            try {
                all = ManifestParser.parse("first", Yaml.print(List.of(tree))).all();
            } catch (ManifestException e) {
                continue;
            }
            read++;
            String yaml = ManifestPrinter.yaml(all);
            assertEquals(all, ManifestParser.parse("yaml", yaml).all(), yaml);
            for (Manifest manifest : all) {
                String json = ManifestPrinter.json(manifest);
                assertEquals(List.of(manifest), ManifestParser.parse("json", json).all(), json);
            }
        }
        assertTrue(read > RUNS / 10, read + " of " + RUNS + " were manifests");
    }

    private static List<Map<String, Object>> samples() {
        return Stream.of("full.yaml", "set.yaml", "sources.json")
                .flatMap(name -> Samples.parsed(name).all().stream())
                .map(ManifestPrinter::tree)
                .toList();
    }

    /** With one value somewhere taken out or replaced. */
    private Object changed(Object tree) {
        return switch (tree) {
            case Map<?, ?> map when !map.isEmpty() -> {
                Map<Object, Object> copy = new LinkedHashMap<>(map);
                Object key = List.copyOf(map.keySet()).get(random.nextInt(map.size()));
                if (random.nextInt(8) == 0) {
                    copy.remove(key);
                } else {
                    copy.put(key, changed(map.get(key)));
                }
                yield copy;
            }
            case List<?> list when !list.isEmpty() -> {
                List<Object> copy = new ArrayList<>(list);
                int index = random.nextInt(list.size());
                copy.set(index, changed(list.get(index)));
                yield copy;
            }
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }
}
