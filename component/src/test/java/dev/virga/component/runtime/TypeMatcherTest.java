package dev.virga.component.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Own;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.component.type.ValueType.Tuple;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypeMatcherTest {

    private static ExternDesc func(ValueType... params) {
        List<FunctionType.Param> named =
                List.of(params).stream().map(p -> new FunctionType.Param("p", p)).toList();
        return new ExternDesc.Func(new FunctionType(named, Optional.empty(), false));
    }

    private static List<String> problems(ExternDesc offered, ExternDesc wanted) {
        TypeMatcher matcher = new TypeMatcher(new Substitution());
        matcher.match("\"it\"", offered, wanted);
        return matcher.problems();
    }

    private static ExternDesc instance(Object... namesAndTypes) {
        Map<String, ExternDesc> exports = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            exports.put((String) namesAndTypes[i], (ExternDesc) namesAndTypes[i + 1]);
        }
        return new ExternDesc.Instance(new InstanceType(exports));
    }

    @Test
    void anInstanceMayOfferMoreThanIsWanted() {
        ExternDesc more = instance("a", func(), "b", func(Primitive.U8));
        assertEquals(List.of(), problems(more, instance("a", func())));
        assertEquals(
                List.of("\"it\" \"b\": func is missing; there is \"a\""), problems(instance("a", func()), more));
    }

    @Test
    void typesOfValuesAreTheSameOrNot() {
        assertEquals(
                List.of("\"it\": wants func(p: tuple<u8>), but what is offered is func(p: tuple<u16>)"),
                problems(func(new Tuple(List.of(Primitive.U16))), func(new Tuple(List.of(Primitive.U8)))));
    }

    @Test
    void oneAbstractResourceStandsForOneActual() {
        ResourceType abstractOne = new ResourceType("r");
        ResourceType actualOne = new ResourceType("r");
        ResourceType another = new ResourceType("r");
        ExternDesc wanted = instance("r", new ExternDesc.Type(abstractOne), "f", func(new Own(abstractOne)));
        assertEquals(
                List.of(),
                problems(instance("r", new ExternDesc.Type(actualOne), "f", func(new Own(actualOne))), wanted));
        assertEquals(
                List.of("\"it\" \"f\": wants func(p: own<r>), but what is offered is func(p: own<r>)"),
                problems(instance("r", new ExternDesc.Type(actualOne), "f", func(new Own(another))), wanted));
    }

    @Test
    void typesThatShareTheirPartsAreWalkedOnce() {
        ValueType a = Primitive.U8;
        ValueType b = Primitive.U8;
        for (int i = 0; i < 90; i++) {
            a = new Tuple(List.of(a, a));
            b = new Tuple(List.of(b, b));
        }
        ExternDesc offered = func(a);
        ExternDesc wanted = func(b);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertEquals(List.of(), problems(offered, wanted)));
        Substitution substitution = new Substitution();
        ValueType huge = a;
        ValueType copy = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> substitution.apply(huge));
        assertNotSame(huge, copy);
        List<ValueType> halves = ((Tuple) copy).types();
        assertSame(halves.get(0), halves.get(1));
    }
}
