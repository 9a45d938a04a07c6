package dev.virga.component.compose;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ExternName;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import dev.virga.component.wit.Item;
import dev.virga.component.wit.Scope;
import dev.virga.component.wit.TypeNode;
import dev.virga.engine.ModuleType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The type of an import as it was written: its types are known by the names that they were given. */
sealed interface Extern {

    record Func(TypeNode type) implements Extern {}

    record Type(TypeNode type) implements Extern {}

    record Instance(Map<String, Member> exports) implements Extern {}

    record Module(ModuleType type) implements Extern {}

    record Component(Map<String, Member> imports, Map<String, Member> exports) implements Extern {}

    /** An import, or an export of what is imported. */
    record Member(ExternName name, Extern extern) {}

    /** @param type the same, resolved */
    static Member of(Item.Named named, ExternDesc type) {
        return new Member(named.name(), switch (type) {
            case ExternDesc.Func _ -> new Func(((Item.Func) named.item()).type());
            case ExternDesc.Type _ -> new Type(((Item.Type) named.item()).type());
            case ExternDesc.Instance(InstanceType instance) ->
                new Instance(members(((Item.Instance) named.item()).exports(), instance.exports()));
            case ExternDesc.CoreModule(ModuleType module) -> new Module(module);
            case ExternDesc.Component(ComponentType component) -> {
                Scope scope = Scope.ofType((Item.Component) named.item());
                yield new Component(
                        members(scope.imports(), component.imports()), members(scope.exports(), component.exports()));
            }
            case ExternDesc.Value _ -> throw new ComponentException.Unsupported("\"" + named.name().text()
                    + "\" is a value: such imports are not supported (a gated feature of the component model)");
        });
    }

    /** @param types those of the same names */
    static Map<String, Member> members(Map<String, Item.Named> items, Map<String, ExternDesc> types) {
        Map<String, Member> members = new LinkedHashMap<>();
        items.forEach((name, item) -> members.put(name, of(item, types.get(name))));
        return members;
    }
}
