package dev.virga.wit;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Refuses a name that is there already but for its case (Explainer.md, "Name Uniqueness"). */
final class UniqueNames {

    private final Scope scope;
    private final Set<String> names = new HashSet<>();

    UniqueNames(Scope scope) {
        this.scope = scope;
    }

    boolean isNew(Ast.Name name) {
        return names.add(name.text().toLowerCase(Locale.ROOT));
    }

    void add(Ast.Name name, String where) {
        if (!isNew(name)) {
            throw scope.error(name, "the name '" + name.text() + "' is there twice in " + where
                    + " (upper and lower case count as the same)");
        }
    }
}
