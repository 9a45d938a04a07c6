package dev.virga.component.wit;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.validation.ComponentValidator;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.PackageName;
import dev.virga.wit.Resolution;
import dev.virga.wit.WitPrinter;
import dev.virga.wit.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A WIT package as a component, which exports a type for each interface and world (WIT.md, "Package
 * Format").
 *
 * @param packages the package, and of the others what it refers to
 */
public record PackageWit(Resolution packages, PackageName name) {

    /**
     * Reads a package, or finds that a component is none.
     *
     * @throws ComponentException if it is malformed or invalid
     */
    public static Optional<PackageWit> of(byte[] binary) {
        ComponentBinary decoded = ComponentDecoder.decode(binary);
        ComponentValidator.validate(decoded);
        Scope root = Scope.ofRoot(decoded.definitions());
        List<Item.Named> items = new ArrayList<>();
        List<Scope> scopes = new ArrayList<>();
        for (Item.Named export : root.exports().values()) {
            Optional<Scope> scope = export.item() instanceof Item.Type(TypeNode type)
                    ? type.component().map(Scope::ofType).filter(PackageWit::isWrapped)
                    : Optional.empty();
            if (scope.isEmpty()) {
                return Optional.empty();
            }
            scopes.add(scope.get());
            items.add(scope.get().exports().values().iterator().next());
        }
        return packageOf(items).map(
                name -> read(new Interfaces(name, Docs.of(decoded)), name, scopes, items));
    }

    /** Whether it wraps an interface or a world. */
    private static boolean isWrapped(Scope type) {
        return type.exports().size() == 1
                && type.exports().values().stream().allMatch(
                        e -> e.item() instanceof Item.Instance || e.item() instanceof Item.Component);
    }

    /** The package that all the names are of. */
    private static Optional<PackageName> packageOf(List<Item.Named> items) {
        List<Optional<PackageName>> names =
                items.stream().map(i -> Id.parse(i.name().text()).map(Id::packageName)).distinct().toList();
        return names.size() == 1 ? names.getFirst() : Optional.empty();
    }

    private static PackageWit read(
            Interfaces interfaces, PackageName name, List<Scope> scopes, List<Item.Named> items) {
        List<WorldBuilder> worlds = new ArrayList<>();
        // In the order of the package, not in that in which they use each other.
        items.stream()
                .filter(i -> i.item() instanceof Item.Instance)
                .forEach(i -> interfaces.add(Id.parse(i.name().text()).orElseThrow(), Map.of()));
        for (int i = 0; i < items.size(); i++) {
            Id id = Id.parse(items.get(i).name().text()).orElseThrow();
            if (items.get(i).item() instanceof Item.Component component) {
                worlds.add(new WorldBuilder(id, interfaces, Scope.ofType(component)));
            } else if (items.get(i).item() instanceof Item.Instance(Map<String, Item.Named> members)) {
                scopes.get(i).imports().values().forEach(used -> interfaces.add(used));
                interfaces.add(id, members);
            }
        }
        Map<Id, Interface> built = interfaces.build();
        List<World> all = worlds.stream().map(w -> w.build(built)).toList();
        return new PackageWit(interfaces.packages(built, all), name);
    }

    /**
     * Encodes a package. Doc comments and gates, for which the format has no place, go into a custom
     * section.
     *
     * @param packages all that it refers to among them
     * @throws ComponentException.Unsupported if it is too large once every world is written out
     */
    public static byte[] encode(Resolution packages, Package encoded) {
        return new PackageEncoder(packages).encode(encoded);
    }

    /** The package with the others nested in one file. */
    public String text() {
        return WitPrinter.print(packages, name);
    }
}
