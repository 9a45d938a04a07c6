package dev.virga.cli;

import dev.virga.component.ComponentException;
import dev.virga.component.compose.Composition;
import dev.virga.component.compose.Part;
import dev.virga.component.compose.Plug;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flag {@code --with}: components that are plugged into the one that a command is given. */
public final class WithOption {

    @Option(
            names = "--with",
            paramLabel = "[NAME=]FILE",
            description = "Meet the import NAME with what this component exports; without NAME, every import that it "
                    + "exports. May be repeated.")
    private List<String> plugs = new ArrayList<>();

    public boolean isGiven() {
        return !plugs.isEmpty();
    }

    /** The component with the others plugged in, or itself if there are none. */
    public GuestFile plugInto(GuestFile root) {
        return isGiven() ? new GuestFile(root.name(), compose(root).binary()) : root;
    }

    /**
     * Composes the component with the others.
     *
     * @throws CliException.Usage if a file cannot be read or a name is none
     * @throws CliException.Failed if a file is no component, or they do not fit
     */
    public Composition compose(GuestFile root) {
        Map<Path, Part> parts = new HashMap<>();
        List<Plug> all = plugs.stream().map(text -> plug(text, parts)).toList();
        try {
            return Composition.of(root.part(), all, Version.text());
        } catch (ComponentException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }

    /** A file is read once, and is one instance, however often it is given. */
    private static Plug plug(String text, Map<Path, Part> parts) {
        int equals = text.indexOf('=');
        Optional<String> name = equals < 0 ? Optional.empty() : Optional.of(text.substring(0, equals));
        Path path = Path.of(text.substring(equals + 1));
        if (name.filter(n -> n.isEmpty() || n.startsWith(".") || n.startsWith("/")).isPresent() || text.endsWith("=")) {
            throw new CliException.Usage("--with " + text + ": write FILE, or NAME=FILE with the name of an import;"
                    + " a path that holds = needs a name before it");
        }
        Part part = parts.computeIfAbsent(
                path.toAbsolutePath().normalize(), _ -> GuestFile.read(path).part());
        return new Plug(name, part);
    }
}
