package dev.virga.component.abi;

import dev.virga.component.type.ValueType;
import java.util.List;
import java.util.Optional;

/** What stands in Java for the component types that Java has no type of its own for. */
interface Shapes {

    Codec string();

    Codec list(Codec element);

    Codec map(Codec key, Codec value);

    ProductCodec.Shape record(ValueType.Record type);

    ProductCodec.Shape tuple(int size);

    SumCodec.Shape variant(ValueType.Variant type);

    SumCodec.Shape option();

    SumCodec.Shape result();

    Codec enumeration(List<String> labels);

    Codec flags(List<String> labels);

    Codec stream(ValueType.Stream type, Optional<Codec> element);

    Codec future(ValueType.Future type, Optional<Codec> element);
}
