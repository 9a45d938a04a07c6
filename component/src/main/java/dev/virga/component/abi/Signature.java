package dev.virga.component.abi;

import dev.virga.component.ComponentException;
import dev.virga.component.type.FunctionType;
import dev.virga.engine.FuncType;
import dev.virga.engine.ValType;
import dev.virga.engine.ValType.Num;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a function's values cross the border: flat, or through memory where there are too many of them
 * ({@code flatten_functype}).
 *
 * @param params the layouts of the parameters
 * @param tuple the layout of all parameters as one tuple
 */
record Signature(List<Layout> params, Layout tuple, Optional<Layout> result) {

    /** A method handle takes 255 words at most; this leaves some for the context and the like. */
    private static final int MAX_PARAMS = 120;

    static Signature of(FunctionType type) {
        checkCount(type.params().size());
        Layouts layouts = new Layouts();
        List<Layout> params = layouts.of(type.params().stream().map(FunctionType.Param::type).toList());
        return new Signature(params, Layout.product(params), type.result().map(layouts::of));
    }

    static Signature of(List<Codec> params, Optional<Codec> result) {
        checkCount(params.size());
        List<Layout> layouts = params.stream().map(Codec::layout).toList();
        return new Signature(layouts, Layout.product(layouts), result.map(Codec::layout));
    }

    private static void checkCount(int params) {
        if (params > MAX_PARAMS) {
            throw new ComponentException.Unsupported("a function with " + params
                    + " parameters is not supported; " + MAX_PARAMS + " are the most");
        }
    }

    boolean spilledParams() {
        return tuple.spilled();
    }

    boolean spilledResult() {
        return result.isPresent() && result.get().flat().size() > Layout.MAX_FLAT_RESULTS;
    }

    /** The core parameters that carry the parameters, without a pointer to the result. */
    List<Num> flatParams() {
        return spilledParams() ? List.of(Num.I32) : tuple.flat();
    }

    /** The core type of an import lowered with the option {@code async}. */
    FuncType coreAsyncLowered() {
        boolean spilled = tuple.flat().size() > ValueTuple.MAX_FLAT_ASYNC_PARAMS;
        List<ValType> params = new ArrayList<>(spilled ? List.of(Num.I32) : tuple.flat());
        if (result.isPresent()) {
            params.add(Num.I32);
        }
        return new FuncType(params, List.of(Num.I32));
    }

    /** The core type of an export lifted with the option {@code async}. */
    FuncType coreAsyncLifted(boolean callback) {
        return new FuncType(List.copyOf(flatParams()), callback ? List.of(Num.I32) : List.of());
    }

    /** The core type of a lifted export or a lowered import. */
    FuncType core(boolean lowered) {
        List<ValType> params = new ArrayList<>(flatParams());
        if (!spilledResult()) {
            return new FuncType(params, List.copyOf(result.map(Layout::flat).orElse(List.of())));
        }
        if (!lowered) {
            return new FuncType(params, List.of(Num.I32));
        }
        params.add(Num.I32);
        return new FuncType(params, List.of());
    }
}
