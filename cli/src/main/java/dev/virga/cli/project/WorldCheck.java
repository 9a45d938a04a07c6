package dev.virga.cli.project;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.component.ComponentException;
import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.wit.WitFiles;
import dev.virga.wit.Features;
import dev.virga.wit.Function;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.WitException;
import dev.virga.wit.World;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what a component imports and exports to the world that it is for. */
final class WorldCheck {

    /** Standard libraries bring imports of these, whatever the world says. */
    private static final String STANDARD = "wasi:";

    private WorldCheck() {}

    /**
     * @param made what the component is
     * @throws CliException.Failed naming each difference, or what is wrong in the project's WIT
     */
    static void check(Project project, World made) {
        if (!Files.isDirectory(project.wit())) {
            if (project.world().isPresent()) {
                throw new CliException.Failed(project.file() + ": world is set, but there is no folder " + project.wit());
            }
            return;
        }
        world(project).ifPresent(world -> {
            List<String> problems = new ArrayList<>();
            for (World.Item wanted : world.exports()) {
                find(made.exports(), wanted).ifPresentOrElse(
                        found -> compare(wanted, found, problems),
                        () -> problems.add("it does not export " + wanted.name()));
            }
            made.imports().stream()
                    .filter(i -> !(i instanceof World.Item.Type) && !i.name().startsWith(STANDARD))
                    .filter(i -> find(world.imports(), i).isEmpty())
                    .forEach(i -> problems.add("it imports " + i.name() + ", which the world does not have"));
            if (!problems.isEmpty()) {
                throw new CliException.Failed(project.component() + ": not of the world " + world.id() + ": "
                        + String.join("; ", problems));
            }
        });
    }

    private static Optional<World> world(Project project) {
        try {
            WitFiles files = WitFiles.read(project.wit());
            Package own = files.resolve(Features.ALL).find(files.name()).orElseThrow();
            if (project.world().isPresent()) {
                return Optional.of(own.findWorld(project.world().get()).orElseThrow(() -> new CliException.Failed(
                        project.file() + ": " + own.name() + " has no world " + project.world().get() + "; it has "
                                + own.worlds().stream().map(w -> w.id().name()).toList())));
            }
            return own.worlds().size() == 1 ? Optional.of(own.worlds().getFirst()) : Optional.empty();
        } catch (IOException e) {
            throw new CliException.Failed(project.wit() + ": cannot be read: " + AtomicFile.reason(e));
        } catch (WitException | ComponentException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }

    private static Optional<World.Item> find(List<World.Item> items, World.Item wanted) {
        String name = new InterfaceName(wanted.name()).canonical();
        return items.stream().filter(i -> new InterfaceName(i.name()).canonical().equals(name)).findFirst();
    }

    private static void compare(World.Item wanted, World.Item found, List<String> problems) {
        if (wanted instanceof World.Item.Func(Function one) && found instanceof World.Item.Func(Function other)) {
            compare(wanted.name(), one, Optional.of(other), problems);
        } else if (type(wanted).isPresent() && type(found).isPresent()) {
            for (Function function : type(wanted).get().functions()) {
                String name = wanted.name() + " " + function.externName();
                compare(name, function, type(found).get().findFunction(function.externName()), problems);
            }
        } else {
            problems.add("its " + wanted.name() + " is of another kind");
        }
    }

    private static Optional<Interface> type(World.Item item) {
        return switch (item) {
            case World.Item.Named(Interface type, var _) -> Optional.of(type);
            case World.Item.Renamed(String _, Interface type, var _) -> Optional.of(type);
            case World.Item.Inline(String _, Interface type, var _) -> Optional.of(type);
            case World.Item.Func _, World.Item.Type _ -> Optional.empty();
        };
    }

    private static void compare(String name, Function wanted, Optional<Function> found, List<String> problems) {
        if (found.isEmpty()) {
            problems.add("it lacks the function " + name);
        } else if (!shape(wanted).equals(shape(found.get()))) {
            problems.add("its function " + name + " is " + shape(found.get()) + " and should be " + shape(wanted));
        }
    }

    /** What is compared of a function; that the types are those of the same names is the linker's to check. */
    private static String shape(Function function) {
        return (function.async() ? "async func" : "func")
                + function.params().stream().map(Function.Param::name).toList()
                + (function.result().isPresent() ? " with a result" : " without a result");
    }
}
