package dev.virga.component.abi;

import dev.virga.component.ErrorContext;
import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What lifting and lowering sees of the guest: memory, allocator and handles ({@code
 * LiftLowerContext} of the Canonical ABI). The runtime makes one for each canonical function of
 * each instance and reuses it for every call.
 */
public interface LiftLowerContext {

    /**
     * The adapters' first step. For {@code canon lift} it enters the component instance, for {@code
     * canon lower} it traps if the guest may not leave its instance.
     */
    void enter();

    /**
     * For {@code canon lift}, after the results are lifted and before post-return runs ({@code
     * Task.return_}): traps if a borrowed handle remains, and the guest may not leave from here on.
     */
    void returned();

    /** The adapters' last step, left out after an exception: an instance that trapped is never used again. */
    void exit();

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

    /**
     * Takes the readable end of a stream or future out of the guest's table ({@code lift_stream}, {@code
     * lift_future}).
     *
     * @param type the stream or future
     * @param element the codec of its elements for whoever receives it
     */
    Object liftAsyncValue(ValueType type, Optional<Codec> element, int handle);

    /** Puts the readable end of a stream or future into the guest's table ({@code lower_stream}, {@code lower_future}). */
    int lowerAsyncValue(ValueType type, Optional<Codec> element, Object value);

    /** {@code lift_error_context} */
    ErrorContext liftErrorContext(int handle);

    /** {@code lower_error_context} */
    int lowerErrorContext(ErrorContext value);

    /**
     * How many bytes of Java heap the values lifted in one call may take. Lists may overlap in guest
     * memory, so without a bound a small guest could make the host hold any amount. By default a
     * quarter of the heap, but no more than 512 MiB, twice the longest list.
     */
    default long liftLimit() {
        return Lift.DEFAULT_LIMIT;
    }
}
