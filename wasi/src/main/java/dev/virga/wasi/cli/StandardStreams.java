package dev.virga.wasi.cli;

import dev.virga.wasi.Stdio;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import java.util.Optional;

/** {@code wasi:cli/stdin}, {@code stdout}, {@code stderr} and {@code terminal-*}. */
public final class StandardStreams {

    private final Stdio stdio;

    public StandardStreams(Stdio stdio) {
        this.stdio = stdio;
    }

    public GuestInput getStdin() {
        return stdio.in().share();
    }

    public GuestOutput getStdout() {
        return stdio.out().share();
    }

    public GuestOutput getStderr() {
        return stdio.err().share();
    }

    public Optional<TerminalInput> getTerminalStdin() {
        return stdio.terminals().in() ? Optional.of(new TerminalInput()) : Optional.empty();
    }

    public Optional<TerminalOutput> getTerminalStdout() {
        return stdio.terminals().out() ? Optional.of(new TerminalOutput()) : Optional.empty();
    }

    public Optional<TerminalOutput> getTerminalStderr() {
        return stdio.terminals().err() ? Optional.of(new TerminalOutput()) : Optional.empty();
    }
}
