package dev.virga.component.wit;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.validation.ComponentValidator;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.PackageName;
import dev.virga.wit.Resolution;
import dev.virga.wit.WitPrinter;
import dev.virga.wit.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The WIT of a component: a world with its imports and exports, and the packages of its interfaces.
 *
 * @param packages all packages; the last one holds the world
 */
public record ComponentWit(Resolution packages, World world) {

    /** The name of a world that has none. */
    private static final Id WORLD = new Id(new PackageName("root", "component", Optional.empty()), "root");

    /**
     * Reads the types of a component, which need not be loaded for that.
     *
     * @throws ComponentException if it is malformed or invalid, or imports or exports what WIT has no
     *     words for
     */
    public static ComponentWit of(byte[] binary) {
        ComponentBinary decoded = ComponentDecoder.decode(binary);
        ComponentValidator.validate(decoded);
        Interfaces interfaces = new Interfaces(WORLD.packageName(), Docs.NONE);
        WorldBuilder builder = new WorldBuilder(WORLD, interfaces, Scope.ofRoot(decoded.definitions()));
        Map<Id, Interface> built = interfaces.build();
        World world = builder.build(built);
        return new ComponentWit(interfaces.packages(built, List.of(world)), world);
    }

    /** The world with the other packages nested in one file. */
    public String text() {
        PackageName home = world.id().packageName();
        return WitPrinter.print(packages, home);
    }
}
