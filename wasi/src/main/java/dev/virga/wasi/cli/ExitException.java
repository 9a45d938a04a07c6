package dev.virga.wasi.cli;

/** The guest asked to exit. Unwinds its frames; whoever called it takes the code. */
public final class ExitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    public ExitException(int code) {
        super("the guest exits with code " + code, null, false, false);
        this.code = code;
    }

    /** 0 to 255. */
    public int code() {
        return code;
    }
}
