package dev.virga.cli.inspect;

import dev.virga.engine.BinaryReader;
import dev.virga.engine.ModuleException;
import java.util.ArrayList;
import java.util.List;

/** Reads producers sections (tool conventions, "Producers Section"). */
final class Producers {

    static final String SECTION = "producers";

    private Producers() {}

    /** A damaged section tells nothing, and is no fault of the component. */
    static List<Inspection.Producer> read(byte[] bytes, int start, int end) {
        List<Inspection.Producer> all = new ArrayList<>();
        try {
            BinaryReader in = new BinaryReader(bytes, start, end);
            for (int fields = in.count(); fields > 0; fields--) {
                String field = in.name();
                for (int values = in.count(); values > 0; values--) {
                    all.add(new Inspection.Producer(field, in.name(), in.name()));
                }
            }
        } catch (ModuleException e) {
            return List.of();
        }
        return all;
    }
}
