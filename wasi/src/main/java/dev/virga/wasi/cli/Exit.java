package dev.virga.wasi.cli;

import dev.virga.component.Result;

/** {@code wasi:cli/exit}. */
public final class Exit {

    public void exit(Result<Void, Void> status) {
        throw new ExitException(status.isOk() ? 0 : 1);
    }

    public void exitWithCode(byte statusCode) {
        throw new ExitException(Byte.toUnsignedInt(statusCode));
    }
}
