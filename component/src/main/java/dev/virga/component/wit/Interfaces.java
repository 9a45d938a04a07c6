package dev.virga.component.wit;

import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.PackageName;
import dev.virga.wit.Resolution;
import dev.virga.wit.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The interfaces that imports and exports tell of, each put together from all of them. */
final class Interfaces {

    private final TypeNames names = new TypeNames();
    private final Map<Id, MembersBuilder> builders = new LinkedHashMap<>();
    private final PackageName home;
    private final Docs docs;

    /** @param docs those of the package {@code home} */
    Interfaces(PackageName home, Docs docs) {
        this.home = home;
        this.docs = docs;
    }

    Docs docs() {
        return docs;
    }

    /** For the types and functions of something that has this id but can be used by no interface. */
    MembersBuilder unusable(Id id, Docs own) {
        return new MembersBuilder(id, names, builders::containsKey, own);
    }

    private MembersBuilder usable(Id id) {
        return unusable(id, id.packageName().equals(home) ? docs.at("interfaces").at(id.name()) : Docs.NONE);
    }

    void add(Id id, Map<String, Item.Named> members) {
        MembersBuilder builder = builders.computeIfAbsent(id, this::usable);
        members.values().forEach(builder::add);
    }

    /** An instance that is imported under the name of its interface. */
    void add(Item.Named instance) {
        if (!(instance.item() instanceof Item.Instance(Map<String, Item.Named> members))) {
            throw WorldBuilder.unspeakable(instance.name().text(), "an interface that imports something else than another");
        }
        add(WorldBuilder.id(instance.name()).orElseThrow(() -> WorldBuilder.unspeakable(
                instance.name().text(), "an interface that uses another one without a name")), members);
    }

    Map<Id, Interface> build() {
        Map<Id, Interface> built = new LinkedHashMap<>();
        builders.forEach((id, members) -> built.put(id, members.build(members.annotations())));
        return built;
    }

    /** All packages, the one with the worlds among them. */
    Resolution packages(Map<Id, Interface> interfaces, List<World> worlds) {
        Map<PackageName, List<Interface>> byPackage = new LinkedHashMap<>();
        byPackage.put(home, new ArrayList<>());
        interfaces.forEach((id, i) -> byPackage.computeIfAbsent(id.packageName(), n -> new ArrayList<>()).add(i));
        List<Package> packages = new ArrayList<>();
        byPackage.forEach(
                (name, members) -> packages.add(name.equals(home)
                        ? new Package(name, docs.text("docs"), members, worlds)
                        : new Package(name, "", members, List.of())));
        return new Resolution(packages);
    }
}
