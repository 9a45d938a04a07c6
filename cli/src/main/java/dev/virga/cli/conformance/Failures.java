package dev.virga.cli.conformance;

import java.util.stream.Collectors;

/** Words for failures. */
final class Failures {

    private static final int FRAMES = 4;

    private Failures() {}

    /** What a command should give. */
    static String expected(Command command) {
        return switch (command) {
            case Command.Module _ -> "a module that loads and starts";
            case Command.Definition _ -> "a module that loads";
            case Command.Instance _ -> "an instance";
            case Command.Register _ -> "an instance to register";
            case Command.Perform _ -> "a return";
            case Command.AssertReturn(int _, Command.Action _, var results) ->
                results.isEmpty()
                        ? "a return"
                        : results.stream().map(Object::toString).collect(Collectors.joining(", "));
            case Command.AssertTrap(int _, Command.Action _, String text) -> "the trap \"" + text + "\"";
            case Command.AssertException _ -> "an uncaught exception of the guest";
            case Command.AssertRefused(int _, Command.Refusal refusal, Command.Source _, String text) ->
                "a refusal as " + refusal + " (" + text + ")";
            case Command.Unreadable _ -> "a command";
        };
    }

    /** Where an exception that should not be came from. */
    static String firstFrames(Throwable e) {
        StringBuilder text = new StringBuilder();
        StackTraceElement[] frames = e.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            text.append(i == 0 ? " at " : " < ")
                    .append(frames[i].getFileName())
                    .append(':')
                    .append(frames[i].getLineNumber());
        }
        return text.toString();
    }
}
