package dev.virga.engine;

/** What a reference points to (core specification, section 2.3.4). */
public sealed interface HeapType {

    /** The heap types that need no definition. */
    enum Abstract implements HeapType {
        FUNC, NOFUNC, EXTERN, NOEXTERN, ANY, EQ, I31, STRUCT, ARRAY, NONE, EXN, NOEXN;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A type defined by the module, by its index in the module's type section. */
    record Defined(int typeIndex) implements HeapType {
        @Override
        public String toString() {
            return Integer.toString(typeIndex);
        }
    }
}
