package dev.virga.engine.nativecode;

/**
 * A compiled module whose code is in memory.
 *
 * @param plan as the code generator wrote it
 */
record Compiled(byte[] plan, Code code) {

    /** Machine code that can run, and what lies where in it. Modules that differ in their data share it. */
    record Code(CodeArea area, CodeMap map) {

        static Code of(Artifact artifact) {
            return new Code(CodeArea.of(artifact.code()), artifact.map());
        }
    }

    static Compiled of(Artifact artifact) {
        return new Compiled(artifact.plan(), Code.of(artifact));
    }
}
