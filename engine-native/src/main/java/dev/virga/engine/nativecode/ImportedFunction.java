package dev.virga.engine.nativecode;

import dev.virga.engine.FuncType;
import java.util.Map;

/** What a module has for a function that it imports, so that an instance looks nothing up. */
final class ImportedFunction {

    private final FuncType type;
    private final int typeId;
    private final long stub;
    private final HostCall call;
    /** The type object that fitted last: instances of a component are given the same one again and again. */
    private FuncType fitting;

    /** @param stubs the addresses of the module's stubs for host functions */
    ImportedFunction(FuncType type, Map<FuncType, Long> stubs) {
        this.type = type;
        this.typeId = TypeIds.of(type);
        this.stub = stubs.get(type);
        this.call = HostCall.of(type);
        this.fitting = type;
    }

    boolean fits(FuncType given) {
        if (given == fitting) {
            return true;
        }
        if (!given.equals(type)) {
            return false;
        }
        fitting = given;
        return true;
    }

    int typeId() {
        return typeId;
    }

    /** Where generated code goes in order to call a host function. */
    long stub() {
        return stub;
    }

    HostCall call() {
        return call;
    }
}
