package dev.virga.host.control;

import dev.virga.host.manifest.Kind;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Fields;

/** The parameters of a request. */
record Query(Fields fields) {

    Optional<String> text(String name) {
        return Optional.ofNullable(fields.getValue(name));
    }

    boolean flag(String name) {
        return text(name).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(name, "true or false");
        }).orElse(false);
    }

    long number(String name, long otherwise, long most) {
        return text(name).map(value -> {
            try {
                long number = Long.parseLong(value);
                if (number >= 0 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw bad(name, "a number from 0 to " + most);
        }).orElse(otherwise);
    }

    Optional<Kind> kind() {
        return text("kind").map(Query::kind);
    }

    static Kind kind(String word) {
        return Kind.named(word).orElseThrow(() -> new Call.Bad(
                HttpStatus.NOT_FOUND_404, "there is no such kind; known are " + java.util.List.of(Kind.values())));
    }

    private static Call.Bad bad(String name, String what) {
        return new Call.Bad(HttpStatus.BAD_REQUEST_400, "the parameter " + name + " must be " + what);
    }
}
