package dev.virga.engine;

/**
 * Whose share of the processors a guest uses. An engine remembers here whether the calls of a workload are long, so that
 * the next one need not show it first, beside calls that are short.
 */
public final class Account {

    private static final int ALL = 1 << 10;
    /** So many samples make one forgotten, about. */
    private static final int MEMORY = 16;

    /** Which part of the latest samples was of long calls. Threads may overwrite each other's: it is an estimate. */
    private int longCalls;

    /**
     * A guest of this account was found computing, which happens to each in proportion to its processor time.
     *
     * @param longCall whether it had been found so in the same call before
     */
    public void sampled(boolean longCall) {
        longCalls += ((longCall ? ALL : 0) - longCalls) / MEMORY;
    }

    /** Whether most of its processor time goes to calls that are long. */
    public boolean callsAreLong() {
        return longCalls > ALL / 2;
    }
}
