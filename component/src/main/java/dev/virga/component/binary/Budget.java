package dev.virga.component.binary;

/**
 * How much one binary may still hold. What is decoded takes many times the memory of its bytes, and
 * each module is compiled, so a large binary of small parts would take more than its size tells.
 */
final class Budget {

    /** A hundred times what the largest real components hold. */
    static final int MAX_ELEMENTS = 1_000_000;

    /** What a core module or a nested component counts for. */
    static final int WHOLE = 100;

    private int left = MAX_ELEMENTS;

    /** Whether there is room for so many more elements of vectors and sections. */
    boolean take(int elements) {
        left = elements > left ? -1 : left - elements;
        return left >= 0;
    }
}
