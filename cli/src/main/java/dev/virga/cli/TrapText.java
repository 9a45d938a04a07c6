package dev.virga.cli;

import dev.virga.engine.Trap;
import java.util.List;
import java.util.stream.Collectors;

/** Traps in words. */
public final class TrapText {

    private static final int MAX_FRAMES = 16;

    private TrapText() {}

    /** One line of what happened. */
    public static String message(Trap trap) {
        return harmless(trap.getMessage());
    }

    /** The guest's backtrace, innermost frame first. */
    static List<String> frames(Trap trap) {
        return trap.backtrace().stream().map(frame -> harmless(frame.toString())).toList();
    }

    /** One line of what happened, and the guest's backtrace below it, innermost frame first. */
    public static String describe(Trap trap) {
        String frames = frames(trap).stream()
                .limit(MAX_FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        int more = trap.backtrace().size() - MAX_FRAMES;
        return message(trap) + frames + (more > 0 ? "\n    and " + more + " more" : "");
    }

    /** Names come from the guest: they must not steer the terminal. */
    private static String harmless(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
