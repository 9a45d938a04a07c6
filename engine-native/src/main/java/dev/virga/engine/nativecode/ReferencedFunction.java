package dev.virga.engine.nativecode;

import dev.virga.engine.FuncType;
import java.lang.invoke.MethodHandle;

/**
 * A function of a module to which there can be references.
 *
 * @param code its address
 * @param stub the address of the stub that enters it from the host
 * @param entry takes the {@link NativeFunction} and then the parameters
 */
record ReferencedFunction(int index, FuncType type, int typeId, long code, long stub, MethodHandle entry) {}
