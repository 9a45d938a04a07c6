package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.virga.engine.CoreModule;
import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.ValType;
import dev.virga.engine.contract.CallContract;
import dev.virga.engine.contract.Guest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTest extends CallContract implements PortableSource {

    /** A method handle of each instance's own would be compiled anew by the JVM for each. */
    @Test
    void callsOtherGuestsThroughCodeThatAllInstancesShare() {
        CoreModule callsModule = engine.compile(Guest.binary("calls"));
        CoreModule callerModule = engine.compile(Guest.binary("caller"));
        FuncType unary = new FuncType(List.of(ValType.Num.I32), List.of(ValType.Num.I32));
        Extern put = store.newFunc(unary, () -> MethodHandles.identity(int.class));
        MethodHandle[] codes = new MethodHandle[2];
        for (int i = 0; i < codes.length; i++) {
            Guest calls = Guest.of(callsModule, store, Map.of());
            Guest caller = Guest.of(callerModule, store, Map.of(
                    "table", calls.export("table"), "add", calls.export("add"), "put", put));
            assertEquals(7, caller.call("callAdd", 3, 4));
            codes[i] = ((PortableInstance) caller.instance()).machine().callee(0).code();
        }
        assertSame(codes[0], codes[1]);
    }
}
