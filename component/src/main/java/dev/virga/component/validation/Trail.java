package dev.virga.component.validation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** Where a comparison of types is, from the outside in, for the message about a difference. */
final class Trail {

    /** Leaves the comparison at the first difference. */
    static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Mismatch(String message) {
            super(message, null, false, false);
        }
    }

    private record Step(String what, Object name) {
        @Override
        public String toString() {
            return "type mismatch in " + what + " `" + name + "`: ";
        }
    }

    private final Deque<Step> steps = new ArrayDeque<>();

    void enter(String what, Object name) {
        steps.addLast(new Step(what, name));
    }

    void leave() {
        steps.removeLast();
    }

    /** Back to the outside, for the next comparison. */
    void clear() {
        steps.clear();
    }

    Mismatch mismatch(String why) {
        return new Mismatch(steps.stream().map(Step::toString).collect(Collectors.joining()) + why);
    }

    Mismatch expected(String expected, String actual) {
        return mismatch("expected " + expected + ", found " + actual);
    }
}
