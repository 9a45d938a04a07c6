package dev.virga.engine.nativecode;

import dev.virga.engine.BinaryReader;
import java.util.Arrays;
import java.util.Optional;

/**
 * The exception handlers of a module, by the calls that they guard.
 *
 * @param returns where these calls return to, as offsets in the code, ascending
 * @param starts for each where in {@code sites} it is described
 * @param sites as in compiler/INTERFACE.md, "Code"
 */
record Handlers(int[] returns, int[] starts, byte[] sites) {

    /** In a clause, instead of 1 + a tag's index: every exception is caught. */
    static final int ALL = 0;

    /**
     * A guarded call.
     *
     * @param frame bytes from the stack pointer during the call up to the frame pointer
     * @param vmctx bytes from the stack pointer up to where the vmctx is
     * @param clauses from here on
     */
    record Site(int frame, int vmctx, int count, BinaryReader clauses) {}

    /** The call that returns to this offset in the code, if handlers guard it. */
    Optional<Site> site(int returnOffset) {
        int found = Arrays.binarySearch(returns, returnOffset);
        if (found < 0) {
            return Optional.empty();
        }
        BinaryReader in = new BinaryReader(sites, starts[found], sites.length);
        return Optional.of(new Site(in.u32(), in.u32(), in.u32(), in));
    }
}
