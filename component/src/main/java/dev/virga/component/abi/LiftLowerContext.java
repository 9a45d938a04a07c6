package dev.virga.component.abi;

import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.ResourceType;
import java.lang.foreign.MemorySegment;

/**
 * What lifting and lowering sees of the guest: memory, allocator and handles ({@code
 * LiftLowerContext} of the Canonical ABI). The runtime makes one for each canonical function of
 * each instance and reuses it for every call.
 */
public interface LiftLowerContext {

    /** The guest's memory at its current size; asked again after each {@link #realloc}. */
    MemorySegment memory();

    StringEncoding encoding();

    /** Calls the guest's {@code realloc}; the ABI code checks alignment and bounds of what comes back. */
    int realloc(int oldPointer, int oldSize, int alignment, int newSize);

    /** Removes an owned handle from the guest's table and gives what it stands for ({@code lift_own}). */
    Object liftOwn(ResourceType type, int handle);

    /** Lends a handle's content for the current call ({@code lift_borrow}). */
    Object liftBorrow(ResourceType type, int handle);

    /** Puts an owned resource into the guest's table ({@code lower_own}). */
    int lowerOwn(ResourceType type, Object value);

    /** Lends a resource to the guest for the current call ({@code lower_borrow}). */
    int lowerBorrow(ResourceType type, Object value);
}
