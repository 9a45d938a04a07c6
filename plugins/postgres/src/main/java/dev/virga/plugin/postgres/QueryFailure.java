package dev.virga.plugin.postgres;

/** Why a call fails; the text is for the guest, without logins and the host's names. */
sealed class QueryFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private QueryFailure(String message) {
        super(message, null, false, false);
    }

    /** The parameters do not fit. */
    static final class BadParams extends QueryFailure {
        private static final long serialVersionUID = 1L;

        BadParams(String message) {
            super(message);
        }
    }

    /** The SQL is wrong, or what it wants is not allowed. */
    static final class BadQuery extends QueryFailure {
        private static final long serialVersionUID = 1L;

        BadQuery(String message) {
            super(message);
        }
    }

    /** Anything else. */
    static final class Unexpected extends QueryFailure {
        private static final long serialVersionUID = 1L;

        Unexpected(String message) {
            super(message);
        }
    }

    /** A limit. */
    static final class TooMuch extends QueryFailure {
        private static final long serialVersionUID = 1L;

        TooMuch(String message) {
            super(message);
        }
    }
}
