package dev.virga.cli.doctor;

import java.util.Optional;

/**
 * What a look at one thing has found.
 *
 * @param what was looked at
 * @param fix a command, or what else to do
 */
record Finding(Level level, String what, String text, Optional<String> fix) {

    /** How bad it is. */
    enum Level {
        GOOD,
        /** Not there, and not needed for all that Virga does. */
        NOTE,
        /** Something works worse than it could. */
        WARNING,
        /** Something that is needed does not work. */
        BROKEN
    }

    static Finding good(String what, String text) {
        return new Finding(Level.GOOD, what, text, Optional.empty());
    }

    static Finding note(String what, String text, String fix) {
        return new Finding(Level.NOTE, what, text, Optional.of(fix));
    }

    static Finding warning(String what, String text, String fix) {
        return new Finding(Level.WARNING, what, text, Optional.of(fix));
    }

    static Finding broken(String what, String text, String fix) {
        return new Finding(Level.BROKEN, what, text, Optional.of(fix));
    }
}
