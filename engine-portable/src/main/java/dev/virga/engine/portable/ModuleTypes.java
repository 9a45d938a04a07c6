package dev.virga.engine.portable;

import dev.virga.engine.FuncType;
import dev.virga.engine.HeapType;
import dev.virga.engine.ValType;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.RecType;
import run.endive.wasm.types.SubType;
import run.endive.wasm.types.TypeSection;

/**
 * A module's types and how they compare with another module's (core specification, section 3.3).
 * Nearly all function types stand alone: for those one object stands for all equal types of the
 * engine, so that a check is one comparison. The others are compared by Endive.
 */
final class ModuleTypes {

    /** One object for equal types, as long as some module uses it. */
    static final class Interner {
        private final Map<FuncType, WeakReference<FuncType>> types = new WeakHashMap<>();

        synchronized FuncType intern(FuncType type) {
            WeakReference<FuncType> reference = types.get(type);
            FuncType known = reference == null ? null : reference.get();
            if (known == null) {
                types.put(type, new WeakReference<>(type));
                return type;
            }
            return known;
        }
    }

    private final TypeSection section;
    private final Signature[] signatures;
    /** For a function type that stands alone, its one object; else null. */
    private final FuncType[] keys;

    ModuleTypes(TypeSection section, Interner interner) {
        this.section = section;
        this.signatures = new Signature[section.subTypeCount()];
        this.keys = new FuncType[section.subTypeCount()];
        int index = 0;
        for (int group = 0; group < section.typeCount(); group++) {
            RecType rec = section.getRecType(group);
            boolean alone = rec.subTypes().length == 1;
            for (SubType type : rec.subTypes()) {
                FunctionType function = type.compType().funcType();
                if (function != null) {
                    signatures[index] = Signature.of(section.getType(index));
                    if (alone && type.isFinal() && type.typeIdx().length == 0 && isClosed(signatures[index].type())) {
                        keys[index] = interner.intern(signatures[index].type());
                    }
                }
                index++;
            }
        }
    }

    private static boolean isClosed(FuncType type) {
        return Stream.concat(type.params().stream(), type.results().stream())
                .noneMatch(value -> value instanceof ValType.Ref ref && ref.heap() instanceof HeapType.Defined);
    }

    Signature signature(int type) {
        return signatures[type];
    }

    /** Whether a type of this module is another module's type or a subtype of it. */
    boolean matches(int type, ModuleTypes others, int other) {
        FuncType key = keys[type];
        FuncType otherKey = others.keys[other];
        if (key != null && otherKey != null) {
            return key == otherKey;
        }
        return matchesSlowly(type, others, other);
    }

    private boolean matchesSlowly(int type, ModuleTypes others, int other) {
        int at = type;
        while (!TypeSection.crossModuleCanonicallyEquivalent(section, at, others.section, other)) {
            int[] supertypes = section.getSubType(at).typeIdx();
            if (supertypes.length == 0) {
                return false;
            }
            at = supertypes[0];
        }
        return true;
    }
}
