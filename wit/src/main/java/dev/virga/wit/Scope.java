package dev.virga.wit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What paths mean in a file, or in a package nested in one: its top-level uses, then its package. */
record Scope(Source source, PackageName packageName, Map<String, Ast.Path> uses) {

    Scope(Source source, PackageName packageName) {
        this(source, packageName, new HashMap<>());
    }

    /** The full name that a path stands for; whether there is such a thing is another question. */
    Id id(Ast.Path path) {
        if (path.packageName().isEmpty()) {
            Ast.Path used = uses.get(path.name().text());
            if (used != null) {
                return new Id(used.packageName().orElse(packageName), used.name().text());
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
        if (gate.isNone()) {
            return;
        }
        Optional<Version> version = packageName.version();
        if (version.isEmpty()) {
            throw error(at, "a feature gate needs a package with a version; " + packageName + " has none");
        }
        gate.since().or(gate::deprecated).filter(since -> since.compareTo(version.get()) > 0).ifPresent(since -> {
            throw error(at, "the gate names version " + since + ", but the package is only at " + version.get());
        });
    }
}
