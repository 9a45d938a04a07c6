package dev.virga.component.compose;

import dev.virga.component.ComponentException;
import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.runtime.Names;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words for why a composition cannot be made. */
final class Problems {

    /** A component may have very many names. */
    private static final int LISTED = 10;

    private Problems() {}

    /** @throws ComponentException.Link if there are any */
    static void refuse(Part root, List<String> problems) {
        if (!problems.isEmpty()) {
            throw refusal(root, problems);
        }
    }

    static ComponentException.Link refusal(Part root, List<String> problems) {
        return new ComponentException.Link(root + " cannot be composed:\n  " + String.join("\n  ", problems));
    }

    static String list(List<String> names) {
        if (names.isEmpty()) {
            return "nothing";
        }
        String shown = names.stream().limit(LISTED).map(n -> "\"" + n + "\"").collect(Collectors.joining(", "));
        return names.size() > LISTED ? shown + " and " + (names.size() - LISTED) + " more" : shown;
    }

    /** What may have been meant instead of a name. */
    static Optional<String> meant(List<String> names, String wanted) {
        return Names.nearest(names, wanted).map(near ->
                new InterfaceName(near).base().equals(new InterfaceName(wanted).base())
                        ? "; there is \"" + near + "\", a version that cannot stand for it"
                        : "; was \"" + near + "\" meant?");
    }
}
