package dev.virga.component.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.wit.Features;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WitTypesTest {

    private static final String TEXT = """
            package a:b@1.0.0;
            interface types {
              resource thing { constructor(size: u32); grow: func(by: s64) -> result<_, string>; }
              record pair { left: f32, right: list<u8> }
              flags modes { a, b }
              type alias = pair;
            }
            interface user {
              use types.{thing as it, alias};
              type it2 = it;
              swap: async func(x: it, y: borrow<it2>, z: option<alias>) -> map<string, u8>;
            }
            """;

    /** One resource type for each definition, told by its interface and name. */
    private static WitTypes types() {
        Map<String, ResourceType> known = new HashMap<>();
        return new WitTypes(d -> known.computeIfAbsent(d.owner() + "#" + d.name(), ResourceType::new));
    }

    private static Interface parsed(String name) {
        return Resolution.of(Features.NONE, new Source("a.wit", TEXT))
                .findInterface(Id.parse("a:b/" + name + "@1.0.0").orElseThrow())
                .orElseThrow();
    }

    @Test
    void anInterfaceBecomesAnInstanceType() {
        WitTypes types = types();
        Interface wit = parsed("types");
        InstanceType instance = types.instance(wit);
        ResourceType thing = types.resource(wit.findType("thing").orElseThrow());
        ValueType pair = new ValueType.Record(List.of(
                new ValueType.Field("left", ValueType.Primitive.F32),
                new ValueType.Field("right", new ValueType.ListOf(ValueType.Primitive.U8))));

        assertEquals(List.of("thing", "pair", "modes", "alias", "[constructor]thing", "[method]thing.grow"),
                List.copyOf(instance.exports().keySet()));
        assertEquals(new ExternDesc.Type(pair), instance.exports().get("alias"));
        assertEquals(new ExternDesc.Func(new FunctionType(
                        List.of(new FunctionType.Param("self", new ValueType.Borrow(thing)),
                                new FunctionType.Param("by", ValueType.Primitive.S64)),
                        Optional.of(new ValueType.Result(Optional.empty(), Optional.of(ValueType.Primitive.STRING))),
                        false)),
                instance.exports().get("[method]thing.grow"));
    }

    @Test
    void aResourceIsTheSameWhereverItIsUsed() {
        WitTypes types = types();
        ResourceType thing = types.resource(parsed("types").findType("thing").orElseThrow());
        Interface user = parsed("user");
        FunctionType swap = types.function(user.findFunction("swap").orElseThrow());

        assertEquals(new ValueType.Own(thing), swap.params().get(0).type());
        assertEquals(new ValueType.Borrow(thing), swap.params().get(1).type());
        assertEquals(true, swap.async());
        assertNotEquals(thing, types().resource(user.findType("it").orElseThrow()));
    }
}
