package dev.virga.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names in a module's name section (core specification, appendix A.4.1), read at their first
 * use. A custom section cannot make a module invalid, so what is malformed in it is left out.
 */
public final class ModuleNames {

    private final byte[] section;
    private volatile Names names;

    private record Names(Optional<String> module, Map<Integer, String> functions) {}

    /** @param section the content of the name section; empty where there is none */
    public ModuleNames(byte[] section) {
        this.section = section;
    }

    public Optional<String> module() {
        return names().module();
    }

    /** The name of a function by its index. */
    public Optional<String> function(int index) {
        return Optional.ofNullable(names().functions().get(index));
    }

    private Names names() {
        Names known = names;
        if (known == null) {
            known = read(section);
            names = known;
        }
        return known;
    }

    private static Names read(byte[] section) {
        Optional<String> module = Optional.empty();
        Map<Integer, String> functions = new HashMap<>();
        try {
            BinaryReader in = new BinaryReader(section, 0, section.length);
            while (!in.atEnd()) {
                int id = in.u8();
                BinaryReader part = in.slice(in.u32());
                if (id == 0) {
                    module = Optional.of(part.name());
                } else if (id == 1) {
                    int count = part.count();
                    for (int i = 0; i < count; i++) {
                        functions.put(part.u32(), part.name());
                    }
                }
            }
        } catch (ModuleException.Malformed e) {
            // Keep what came before the malformed part.
        }
        return new Names(module, functions);
    }
}
