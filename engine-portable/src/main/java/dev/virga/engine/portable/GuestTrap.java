package dev.virga.engine.portable;

import dev.virga.engine.Trap;

/**
 * A trap on its way out of the guest. Unlike a {@link Trap} it has a Java stack trace, from which
 * the guest's backtrace is made when it leaves the guest.
 */
final class GuestTrap extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Trap.Kind kind;

    GuestTrap(Trap.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    GuestTrap(Trap.Kind kind) {
        this(kind, kind.text());
    }

    Trap.Kind kind() {
        return kind;
    }
}
