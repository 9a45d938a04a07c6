package dev.virga.wasi.cli;

import dev.virga.wasi.WasiGrants;
import java.util.List;
import java.util.Optional;

/** {@code wasi:cli/environment}. */
public final class Environment {

    /** A name and its value. */
    public record Variable(String name, String value) {}

    private final WasiGrants grants;

    public Environment(WasiGrants grants) {
        this.grants = grants;
    }

    public List<Variable> getEnvironment() {
        return grants.environment().entrySet().stream()
                .map(entry -> new Variable(entry.getKey(), entry.getValue()))
                .toList();
    }

    public List<String> getArguments() {
        return grants.arguments();
    }

    public Optional<String> initialCwd() {
        return grants.initialDirectory();
    }
}
