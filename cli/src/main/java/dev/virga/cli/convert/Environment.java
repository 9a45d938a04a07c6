package dev.virga.cli.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's variables as a component has them: some, and all keys of ConfigMaps and Secrets. */
final class Environment {

    private static final Pattern ORIGIN =
            Pattern.compile("(https?)://(?:[^/@\\s]*@)?([A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?)(?:[/?#].*)?");

    private final Objects objects;
    private final String namespace;
    private final Map<String, String> config = new LinkedHashMap<>();
    private final Set<String> configFrom = new LinkedHashSet<>();
    private final Set<String> secretFrom = new LinkedHashSet<>();
    private final Set<String> origins = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();

    Environment(Objects objects, String namespace, Item container) {
        this.objects = objects;
        this.namespace = namespace;
        container.at("envFrom").list().forEach(this::addAll);
        container.at("env").list().forEach(this::add);
    }

    private void addAll(Item from) {
        from.at("prefix").text().filter(prefix -> !prefix.isEmpty()).ifPresent(prefix -> notes.add(
                "The prefix " + prefix + " of envFrom has no equivalent: keys are taken as they are."));
        from.at("configMapRef", "name").text().ifPresent(configFrom::add);
        from.at("secretRef", "name").text().ifPresent(secretFrom::add);
        if (from.at("configMapRef", "optional").text().or(() -> from.at("secretRef", "optional").text())
                .filter("true"::equals).isPresent()) {
            notes.add("What was optional in envFrom must be there.");
        }
    }

    private void add(Item variable) {
        String name = variable.at("name").required();
        Item from = variable.at("valueFrom");
        if (from.at("configMapKeyRef").isThere()) {
            reference(name, from.at("configMapKeyRef"), "ConfigMap", configFrom);
        } else if (from.at("secretKeyRef").isThere()) {
            reference(name, from.at("secretKeyRef"), "Secret", secretFrom);
        } else if (from.isThere()) {
            notes.add("TODO " + name + " came from " + String.join(", ", from.keys())
                    + ": there is no pod to ask about, so give it a value here if it is needed.");
        } else {
            value(name, variable.at("value").text().orElse(""));
        }
    }

    private void value(String name, String value) {
        if (value.contains("$(")) {
            notes.add("TODO " + name + " refers to other variables, which are not filled in here.");
        }
        config.put(name, value);
        Matcher origin = ORIGIN.matcher(value);
        if (origin.matches()) {
            origins.add(origin.group(1) + "://" + origin.group(2));
        }
    }

    private void reference(String name, Item reference, String kind, Set<String> whole) {
        String object = reference.at("name").required();
        String key = reference.at("key").required();
        if (key.equals(name)) {
            if (whole.add(object)) {
                notes.add("All keys of the " + kind + " " + object + " become variables, not " + name + " alone.");
            }
            return;
        }
        Optional<String> known = kind.equals("Secret")
                ? Optional.empty()
                : objects.kept(kind, namespace, object).flatMap(map -> map.at("data", key).text());
        if (known.isPresent()) {
            notes.add(name + " was " + key + " of the ConfigMap " + object + "; this is a copy.");
            value(name, known.get());
        } else {
            notes.add("TODO " + name + " was " + key + " of the " + kind + " " + object + ": keys are the variables'"
                    + " names here, so have " + name + " as a key of a " + kind + " and name that in "
                    + (kind.equals("Secret") ? "secretFrom." : "configFrom."));
        }
    }

    /** The variables themselves. */
    Commented layer() {
        Commented layer = new Commented();
        notes.forEach(layer::note);
        return layer.put("config", config)
                .put("configFrom", references(configFrom))
                .put("secretFrom", references(secretFrom));
    }

    private static List<Commented> references(Set<String> names) {
        return names.stream().map(name -> new Commented().put("name", name)).toList();
    }

    /** Where URLs among the values lead to. */
    Set<String> origins() {
        return origins;
    }
}
