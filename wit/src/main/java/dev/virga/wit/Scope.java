package dev.virga.wit;

import java.util.HashMap;
import java.util.Map;

/**
 * What names mean in a file, or in a package nested in one: its top-level uses, then its package.
 *
 * @param renames other names that an including world gives to the types of an included one
 */
record Scope(Source source, PackageName packageName, Map<String, Used> uses, Map<String, String> renames) {

    /** What a top-level use names, and where it stands. */
    record Used(Id id, int at) {}

    Scope(Source source, PackageName packageName) {
        this(source, packageName, new HashMap<>(), Map.of());
    }

    /** This scope seen from a world that includes the one whose items stand in it. */
    Scope renaming(Map<String, String> further) {
        Map<String, String> both = new HashMap<>(further);
        renames.forEach((from, to) -> both.put(from, further.getOrDefault(to, to)));
        return new Scope(source, packageName, uses, both);
    }

    String renamed(String type) {
        return renames.getOrDefault(type, type);
    }

    /** The full name that a path stands for; whether there is such a thing is another question. */
    Id id(Ast.Path path) {
        if (path.packageName().isEmpty()) {
            Used used = uses.get(path.name().text());
            if (used != null) {
                return used.id;
            }
        }
        return new Id(path.packageName().orElse(packageName), path.name().text());
    }

    WitException error(int at, String problem) {
        return source.error(at, problem);
    }

    WitException error(Ast.Name name, String problem) {
        return source.error(name.at(), problem);
    }

    /** Refuses gates that the package's version contradicts (WIT.md, "Rules for feature gate usage"). */
    void checkGate(Gate gate, int at) {
        if (gate.since().isEmpty() && gate.deprecated().isEmpty()) {
            return;
        }
        Version version = packageName.version().orElseThrow(() -> error(at,
                "@since and @deprecated need a package with a version; " + packageName + " has none"));
        gate.since().or(gate::deprecated).filter(since -> since.compareTo(version) > 0).ifPresent(since -> {
            throw error(at, "the gate names version " + since + ", but the package is only at " + version);
        });
    }
}
