package dev.virga.wit;

import java.util.List;
import java.util.Optional;

/**
 * A named type. A resource is told from all others by its owner and name.
 *
 * @param owner the interface or world that it stands in
 */
public record TypeDef(Id owner, String name, Kind kind, Annotations annotations) {

    public sealed interface Kind {
        record Record(List<Field> fields) implements Kind {
            public Record {
                fields = List.copyOf(fields);
            }
        }

        record Variant(List<Case> cases) implements Kind {
            public Variant {
                cases = List.copyOf(cases);
            }
        }

        record Enum(List<Label> cases) implements Kind {
            public Enum {
                cases = List.copyOf(cases);
            }
        }

        record Flags(List<Label> flags) implements Kind {
            public Flags {
                flags = List.copyOf(flags);
            }
        }

        record Resource() implements Kind {}

        /** {@code type name = …;} */
        record Alias(Type type) implements Kind {}

        /** {@code use interface.{…};} of another interface's type. */
        record Use(TypeDef type) implements Kind {}
    }

    public record Field(String name, Type type, String docs) {}

    public record Case(String name, Optional<Type> type, String docs) {}

    public record Label(String name, String docs) {}

    /** The definition behind uses and aliases of named types. */
    public TypeDef origin() {
        TypeDef def = this;
        while (true) {
            if (def.kind instanceof Kind.Use(TypeDef used)) {
                def = used;
            } else if (def.kind instanceof Kind.Alias(Type.Named(TypeDef named))) {
                def = named;
            } else {
                return def;
            }
        }
    }

    public boolean isResource() {
        return origin().kind instanceof Kind.Resource;
    }
}
