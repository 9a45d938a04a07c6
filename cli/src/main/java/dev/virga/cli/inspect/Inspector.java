package dev.virga.cli.inspect;

import dev.virga.cli.CliException;
import dev.virga.cli.EngineOption;
import dev.virga.cli.EngineUse;
import dev.virga.cli.GuestFile;
import dev.virga.component.ComponentException;
import dev.virga.component.ComponentLoader;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.validation.ComponentValidator;
import dev.virga.component.wit.ComponentWit;
import dev.virga.engine.ExternType;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import dev.virga.engine.ModuleTypeReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what stands in a file. */
final class Inspector {

    private Inspector() {}

    /** @throws CliException.Failed if the file is damaged or invalid */
    static Inspection inspect(GuestFile file) {
        try {
            return file.isCoreModule() ? module(file) : component(file);
        } catch (ComponentException | ModuleException e) {
            throw file.refused(e);
        }
    }

    private static Inspection component(GuestFile file) {
        file.requireComponent();
        ComponentBinary decoded = ComponentDecoder.decode(file.bytes());
        ComponentType type = ComponentValidator.validate(decoded);
        Parts parts = new Parts();
        parts.component(decoded, 0);
        return new Inspection(
                file.name(),
                true,
                file.bytes().length,
                Optional.of(engine(file)),
                items(type.imports()),
                items(type.exports()),
                parts.parts(),
                parts.producers(),
                Capability.of(List.copyOf(type.imports().keySet())),
                wit(file));
    }

    /** Compiles the component: nothing else tells whether an engine has all that it needs. */
    private static EngineUse engine(GuestFile file) {
        EngineOption unset = new EngineOption();
        try (ComponentLoader loader = unset.loader()) {
            return unset.use(loader.load(file.bytes()));
        } catch (ModuleException.Unsupported e) {
            return new EngineUse(Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    /** WIT has no words for some of what a component may import, a core module for example. */
    private static Optional<String> wit(GuestFile file) {
        try {
            return Optional.of(ComponentWit.of(file.bytes()).text());
        } catch (ComponentException.Unsupported e) {
            return Optional.empty();
        }
    }

    private static List<Inspection.Item> items(Map<String, ExternDesc> all) {
        return all.entrySet().stream().map(e -> new Inspection.Item(e.getKey(), kind(e.getValue()))).toList();
    }

    private static String kind(ExternDesc item) {
        return switch (item) {
            case ExternDesc.CoreModule _ -> "core module";
            case ExternDesc.Func _ -> "func";
            case ExternDesc.Value _ -> "value";
            case ExternDesc.Instance _ -> "instance";
            case ExternDesc.Component _ -> "component";
            default -> "type";
        };
    }

    private static Inspection module(GuestFile file) {
        ModuleType type = ModuleTypeReader.read(file.bytes());
        Parts parts = new Parts();
        parts.module(file.bytes(), 0, file.bytes().length, 0);
        return new Inspection(
                file.name(),
                false,
                file.bytes().length,
                Optional.empty(),
                type.imports().stream()
                        .map(i -> new Inspection.Item(i.module() + " " + i.name(), kind(i.type())))
                        .toList(),
                type.exports().stream().map(e -> new Inspection.Item(e.name(), kind(e.type()))).toList(),
                parts.parts(),
                parts.producers(),
                List.of(),
                Optional.empty());
    }

    private static String kind(ExternType type) {
        return switch (type) {
            case ExternType.Func _ -> "func";
            case ExternType.Table _ -> "table";
            case ExternType.Memory _ -> "memory";
            case ExternType.Global _ -> "global";
            case ExternType.Tag _ -> "tag";
        };
    }
}
