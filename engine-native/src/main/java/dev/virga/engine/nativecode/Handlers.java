package dev.virga.engine.nativecode;

import dev.virga.engine.BinaryReader;
import java.util.Arrays;
import java.util.Optional;

/**
 * The exception handlers of a module, by the calls that they guard.
 *
 * @param returns where these calls return to, as offsets in the code, ascending
 * @param sites for each where in {@code table} it is described
 * @param table as in compiler/INTERFACE.md, "Code"
 */
record Handlers(int[] returns, int[] sites, byte[] table) {

    /** In a clause, instead of 1 + a tag's index: every exception is caught. */
    static final int ALL = 0;

    /**
     * A guarded call.
     *
     * @param frame bytes from the stack pointer during the call up to the frame pointer
     * @param vmctx bytes from the stack pointer up to where the vmctx is
     * @param landing bytes from the return address to where a caught exception goes on
     * @param clauses to be read one by one
     */
    record Site(int frame, int vmctx, long landing, int clauseCount, BinaryReader clauses) {}

    /** The call that returns to this offset in the code, if handlers guard it. */
    Optional<Site> site(int returnOffset) {
        int found = Arrays.binarySearch(returns, returnOffset);
        if (found < 0) {
            return Optional.empty();
        }
        int at = sites[found];
        BinaryReader in = new BinaryReader(table, at, table.length);
        int frame = in.u32();
        int vmctx = in.u32();
        long landing = in.signed(64);
        BinaryReader clauses = new BinaryReader(table, at - in.u32(), table.length);
        return Optional.of(new Site(frame, vmctx, landing, clauses.u32(), clauses));
    }
}
