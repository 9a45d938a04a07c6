package dev.virga.component.validation;

import dev.virga.component.ComponentException;
import dev.virga.component.type.DefType;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What the validation of one binary shares: where it is, what it knows of types, and how much work
 * it may still do. Types share parts, so that a small binary can describe a type that is huge when
 * written out; every walk over types is charged here.
 */
final class Context {

    /** A hundred times what the largest real components need. */
    private static final long MAX_WORK = 4_000_000;

    private final Map<DefType, TypeInfo> infos = new IdentityHashMap<>();
    private int offset;
    private String where = "";
    private long work;

    /** Sets the place of errors to come, for example {@code in the type section}. */
    void at(int newOffset, String newWhere) {
        offset = newOffset;
        where = newWhere;
    }

    /** Sets the offset of errors to come in the same section. */
    void at(int newOffset) {
        offset = newOffset;
    }

    int offset() {
        return offset;
    }

    ComponentException.Invalid invalid(String what) {
        return new ComponentException.Invalid(what, offset, where);
    }

    ComponentException.Unsupported unsupported(String what) {
        return new ComponentException.Unsupported(what, offset, where);
    }

    /** Charges the comparison of a name, which may be long. */
    void chargeName(String name) {
        charge(1 + (name.length() >> 6));
    }

    /** Charges the visit of {@code nodes} parts of types. */
    void charge(int nodes) {
        work += nodes;
        if (work > MAX_WORK) {
            throw invalid("checking the types of this component takes too much work");
        }
    }

    /** Facts about a type, computed once. */
    TypeInfo info(DefType type) {
        TypeInfo info = infos.get(type);
        if (info == null) {
            charge(1);
            info = TypeInfo.of(type, this);
            infos.put(type, info);
        }
        return info;
    }
}
