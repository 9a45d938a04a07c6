package dev.virga.cli;

import dev.virga.engine.Engine;
import java.util.List;
import java.util.ServiceLoader;

/** The engines by the names of {@code --engine}. */
public final class Engines {

    private Engines() {}

    /** @throws CliException.Usage if there is no engine of this name */
    public static Engine open(String name) {
        List<Engine> all = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).toList();
        return all.stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CliException.Usage(
                        "unknown engine \"" + name + "\"; there is: "
                                + String.join(", ", all.stream().map(Engine::name).toList())));
    }
}
