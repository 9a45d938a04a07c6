package dev.virga.host.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Why a host did not do what it was asked; the text says what to do. */
public abstract sealed class ControlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ControlException(String message, Throwable cause) {
        super(message, cause);
    }

    /** No host answers. */
    public static final class Unreachable extends ControlException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The host does not take this. */
    public static final class Refused extends ControlException {
        private static final long serialVersionUID = 1L;

        private final transient ArrayNode problems;

        public Refused(String message) {
            this(message, JsonNodeFactory.instance.arrayNode());
        }

        Refused(String message, ArrayNode problems) {
            super(message, null);
            this.problems = problems;
        }

        /** Of manifests, each with file, line, column, path and text; otherwise none. */
        public ArrayNode problems() {
            return problems;
        }
    }
}
