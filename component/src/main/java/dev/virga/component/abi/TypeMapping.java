package dev.virga.component.abi;

import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes codecs from component types alone. Like {@link Layouts} it looks at each type object once.
 */
final class TypeMapping {

    private final Shapes shapes;
    private final Map<ValueType, Codec> known = new IdentityHashMap<>();
    private int depth;

    TypeMapping(Shapes shapes) {
        this.shapes = shapes;
    }

    Codec codec(ValueType type) {
        Codec codec = known.get(type);
        if (codec == null) {
            Layouts.checkDepth(++depth);
            codec = make(type);
            depth--;
            known.put(type, codec);
        }
        return codec;
    }

    private Codec make(ValueType type) {
        return switch (type) {
            case Primitive.STRING -> shapes.string();
            case Primitive.ERROR_CONTEXT -> ErrorContextCodec.ERROR_CONTEXT;
            case Primitive scalar -> Scalar.of(scalar);
            case ValueType.Record r -> new ProductCodec(shapes.record(r), codecs(Layouts.fieldTypes(r)));
            case ValueType.Tuple t -> new ProductCodec(shapes.tuple(t.types().size()), codecs(t.types()));
            case ValueType.Variant v -> new SumCodec(
                    shapes.variant(v), payloads(v.cases().stream().map(ValueType.Case::type).toList()));
            case ValueType.Option o -> new SumCodec(shapes.option(), List.of(Unit.UNIT, codec(o.type())));
            case ValueType.Result r -> new SumCodec(shapes.result(), payloads(List.of(r.ok(), r.error())));
            case ValueType.Enum e -> shapes.enumeration(e.labels());
            case ValueType.Flags f -> shapes.flags(f.labels());
            case ValueType.ListOf l -> shapes.list(codec(l.element()));
            case ValueType.MapOf m -> shapes.map(codec(m.key()), codec(m.value()));
            case ValueType.FixedList l -> new FixedListCodec(codec(l.element()), l.length());
            case ValueType.Own o -> new HandleCodec(o.resource(), true, Object.class, Optional.empty());
            case ValueType.Borrow b -> new HandleCodec(b.resource(), false, Object.class, Optional.empty());
            case ValueType.Stream s -> shapes.stream(s, s.element().map(this::codec));
            case ValueType.Future f -> shapes.future(f, f.element().map(this::codec));
        };
    }

    private List<Codec> codecs(List<ValueType> types) {
        List<Codec> codecs = new ArrayList<>(types.size());
        for (ValueType type : types) {
            codecs.add(codec(type));
        }
        return codecs;
    }

    private List<Codec> payloads(List<Optional<ValueType>> types) {
        List<Codec> codecs = new ArrayList<>(types.size());
        for (Optional<ValueType> type : types) {
            codecs.add(type.isPresent() ? codec(type.get()) : Unit.UNIT);
        }
        return codecs;
    }
}
