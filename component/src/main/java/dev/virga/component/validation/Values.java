package dev.virga.component.validation;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ValueDecoder;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import java.util.BitSet;
import java.util.List;

/** The values of a component; each must be used exactly once (Binary, "Start Definitions"). Gated feature. */
final class Values {

    private final TypeScope types;
    private final Context context;
    private final IndexSpace<ValueType> values;
    private final BitSet used = new BitSet();

    Values(TypeScope types) {
        this.types = types;
        this.context = types.context();
        this.values = new IndexSpace<>("value", context);
    }

    void add(ValueType type) {
        values.add(type);
    }

    /** Notes that the value added last is already used, by being exported. */
    void exported() {
        used.set(values.size() - 1);
    }

    ValueType use(int index) {
        ValueType type = values.get(index);
        if (used.get(index)) {
            throw context.invalid("value " + index + " cannot be used more than once");
        }
        used.set(index);
        return type;
    }

    void define(ComponentBinary binary, Definition.Value definition) {
        ValueType type = types.value(definition.type());
        ValueDecoder.check(binary, definition, type);
        values.add(type);
    }

    void start(FunctionType function, Definition.Start start) {
        List<Integer> args = start.args();
        if (args.size() != function.params().size()) {
            throw context.invalid("component start function requires " + function.params().size()
                    + " arguments, but was given " + args.size());
        }
        for (int i = 0; i < args.size(); i++) {
            int index = i;
            ExternDesc expected = new ExternDesc.Value(function.params().get(i).type());
            new Subtyping(context).check(new ExternDesc.Value(use(args.get(i))), expected).ifPresent(why -> {
                throw context.invalid("value type mismatch for component start function argument " + index + ": " + why);
            });
        }
        if (start.results() != (function.result().isPresent() ? 1 : 0)) {
            throw context.invalid("component start function has another number of results than "
                    + Integer.toUnsignedString(start.results()));
        }
        function.result().ifPresent(values::add);
    }

    void finish() {
        if (used.cardinality() != values.size()) {
            throw context.invalid("value " + used.nextClearBit(0) + " was not used");
        }
    }
}
