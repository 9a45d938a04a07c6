package dev.virga.engine.nativecode;

/** A function's record, to which references point (compiler/INTERFACE.md, "Instance block"). */
final class Records {

    private static final int CODE = 0;
    static final int VMCTX = 8;
    private static final int TYPE_ID = 16;
    static final int NUMBER = 24;

    private Records() {}

    static void write(long record, long code, long vmctx, int typeId) {
        Raw.putLong(record + CODE, code);
        Raw.putLong(record + VMCTX, vmctx);
        Raw.putInt(record + TYPE_ID, typeId);
    }

    static long code(long record) {
        return Raw.getLong(record + CODE);
    }

    static long vmctx(long record) {
        return Raw.getLong(record + VMCTX);
    }
}
