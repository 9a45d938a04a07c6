package dev.virga.component.runtime;

import dev.virga.component.abi.Codec;
import dev.virga.component.abi.ValueTuple;
import dev.virga.component.type.FunctionType;
import java.util.List;
import java.util.Optional;

/** How the parameters and the result of an asynchronous function pass between it and one kind of caller. */
record Values(ValueTuple params, ValueTuple result) {

    static Values of(List<Codec> params, Optional<Codec> result) {
        return new Values(new ValueTuple(params), new ValueTuple(result.stream().toList()));
    }

    /** From component to component. */
    static Values passing(FunctionType type) {
        return of(Types.passingParams(type), Types.passingResult(type));
    }
}
