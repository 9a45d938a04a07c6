package dev.virga.component.compose;

import dev.virga.component.binary.BinaryWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Custom sections for readers: names (Binary, "Name Section") and producers (tool conventions). */
final class Customs {

    static final String NAMES = "component-name";
    static final String PRODUCERS = "producers";

    private static final int SORT_NAMES = 1;
    private static final int COMPONENTS = 4;
    private static final int INSTANCES = 5;

    private Customs() {}

    /** The labels of the parts that components and instances are of, by their indices. */
    static BinaryWriter names(Map<Integer, String> components, Map<Integer, String> instances) {
        return new BinaryWriter()
                .section(SORT_NAMES, sort(COMPONENTS, components))
                .section(SORT_NAMES, sort(INSTANCES, instances));
    }

    private static BinaryWriter sort(int sort, Map<Integer, String> labels) {
        BinaryWriter out = new BinaryWriter().u8(sort);
        return out.vector(
                List.copyOf(new TreeMap<>(labels).entrySet()), e -> out.u32(e.getKey()).name(stem(e.getValue())));
    }

    /** A label is a path mostly; where the file was when it was composed is nobody's business. */
    private static String stem(String label) {
        String file = label.substring(Math.max(label.lastIndexOf('/'), label.lastIndexOf('\\')) + 1);
        return file.endsWith(".wasm") ? file.substring(0, file.length() - ".wasm".length()) : file;
    }

    /** Says that Virga has processed this. */
    static BinaryWriter producers(String version) {
        return new BinaryWriter().u32(1).name("processed-by").u32(1).name("virga").name(version);
    }
}
