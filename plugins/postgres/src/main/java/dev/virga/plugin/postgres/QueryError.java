package dev.virga.plugin.postgres;

/** {@code query-error}. */
sealed interface QueryError {

    record InvalidParams(String text) implements QueryError {}

    record InvalidQuery(String text) implements QueryError {}

    record Unexpected(String text) implements QueryError {}

    static QueryError of(QueryFailure failure) {
        return switch (failure) {
            case QueryFailure.BadParams f -> new InvalidParams(f.getMessage());
            case QueryFailure.BadQuery f -> new InvalidQuery(f.getMessage());
            default -> new Unexpected(failure.getMessage());
        };
    }
}
