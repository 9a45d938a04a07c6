package dev.virga.component.compose;

import static dev.virga.component.compose.CompositionTest.compose;
import static dev.virga.component.compose.CompositionTest.plug;
import static dev.virga.component.compose.Sketch.U32;
import static dev.virga.component.compose.Sketch.STRING;
import static dev.virga.component.compose.Sketch.define;
import static dev.virga.component.compose.Sketch.export;
import static dev.virga.component.compose.Sketch.func;
import static dev.virga.component.compose.Sketch.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.CoreTypeDef;
import dev.virga.component.binary.CoreTypeDef.CoreExtern;
import dev.virga.component.binary.CoreTypeDef.ModuleDecl;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.binary.ValTypeRef;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import dev.virga.component.wit.ComponentWit;
import dev.virga.engine.ExternType;
import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.TableType;
import dev.virga.engine.ValType;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Imports that nothing meets. */
class SharedImportsTest {

    private static final String API = "test:it/api";

    /** The root and a plug for its import {@link #API}, each of which imports an instance besides. */
    private static Composition shared(String rootName, List<Definition> roots, String plugName, List<Definition> plugs) {
        Sketch root = new Sketch("root");
        root.importInstance(rootName, roots);
        root.importInstance(API, functions("f"));
        Sketch plug = new Sketch("plug");
        plug.importInstance(plugName, plugs);
        return compose(root.part(), plug(plug.implement(API, functions("f")).part()));
    }

    private static List<String> names(Composition made, String importName) {
        return made.type().imports().get(importName) instanceof ExternDesc.Instance(InstanceType type)
                ? List.copyOf(type.exports().keySet())
                : List.of();
    }

    @Test
    void versionsThatCanStandForEachOtherBecomeTheNewest() {
        Composition made = shared("a:b/c@0.2.0", functions("one", "two"), "a:b/c@0.2.10", functions("two", "three"));
        assertEquals(Set.of("a:b/c@0.2.10", "impl"), made.type().imports().keySet());
        assertEquals(List.of("two", "three", "one"), names(made, "a:b/c@0.2.10"));
    }

    @Test
    void versionsThatCannotStayApart() {
        Composition made = shared("a:b/c@0.2.0", functions("f"), "a:b/c@0.3.0", functions("f"));
        assertEquals(Set.of("a:b/c@0.2.0", "a:b/c@0.3.0", "impl"), made.type().imports().keySet());
        made = shared("a:b/c@1.0.0-rc.1", functions("f"), "a:b/c@1.0.0-rc.2", functions("f"));
        assertEquals(Set.of("a:b/c@1.0.0-rc.1", "a:b/c@1.0.0-rc.2", "impl"), made.type().imports().keySet());
    }

    @Test
    void anImportThatTwoComponentsHaveWithDifferentTypesIsTold() {
        List<Definition> other = List.of(define(func(STRING, U32)), export("f", new ExternTypeRef.Func(0)));
        assertEquals(
                """
                root cannot be composed:
                  "a:b/c" of plug is of another type where others import it (root, plug do); meet one of them,\
                 or build both against the same version:
                    "f": expected func(p0: u32) -> string, found func(p0: u32) -> u32\
                 (type mismatch in result `result`: expected `string`, found `u32`)""",
                assertThrows(
                                ComponentException.Link.class,
                                () -> shared("a:b/c", functions("f", "g"), "a:b/c", other))
                        .getMessage());
    }

    /** Where one knows only that there is a resource, and the other which one it is. */
    @Test
    void aResourceThatOneKnowsToBeAnothersIsThatForBoth() {
        Sketch root = new Sketch("root");
        root.importInstance("a:b/second@1.0.0", List.of(export("r", new ExternTypeRef.SubResource())));
        root.importInstance(API, functions("f"));
        Sketch plug = new Sketch("plug");
        int first = plug.importInstance("a:b/first@1.0.0", List.of(export("r", new ExternTypeRef.SubResource())));
        int resource = plug.typeOf(first, "r");
        plug.importInstance(
                "a:b/second@1.0.0",
                List.of(new Definition.AliasOuter(0, Sort.TYPE, 1, resource), export("r", new ExternTypeRef.TypeEq(0))));
        Composition made = compose(root.part(), plug(plug.implement(API, functions("f")).part()));
        assertEquals(List.of("a:b/first@1.0.0", "a:b/second@1.0.0", "impl"), List.copyOf(made.type().imports().keySet()));
    }

    @Test
    void typesKeepTheNamesThatTheyWereUsedBy() {
        Sketch root = new Sketch("root");
        TypeDef point = new TypeDef.Record(List.of(new TypeDef.Labeled("x", U32)));
        int types = root.importInstance("a:b/types", List.of(define(point), export("point", new ExternTypeRef.TypeEq(0))));
        root.importInstance(
                "a:b/plot",
                List.of(
                        new Definition.AliasOuter(0, Sort.TYPE, 1, root.typeOf(types, "point")),
                        export("point", new ExternTypeRef.TypeEq(0)),
                        define(func(U32, new ValTypeRef.Index(1))),
                        export("draw", new ExternTypeRef.Func(2))));
        root.importInstance(API, functions("f"));
        String wit = ComponentWit.of(compose(root.part(), plug(new Sketch("plug").implement(API, functions("f")).part()))
                        .binary())
                .text();
        assertEquals(1, wit.split("record point", -1).length - 1, wit);
        assertEquals(1, wit.split("use types.\\{point}", -1).length - 1, wit);
        assertEquals(1, wit.split("draw: func\\(p0: point\\) -> u32", -1).length - 1, wit);
    }

    /** {@code use} in a world: the type is an import of its own, and comes with the interface that is met. */
    @Test
    void aTypeThatAnotherImportBringsIsMetWithThat() {
        List<Definition> shapes = List.of(export("shape", new ExternTypeRef.SubResource()));
        Sketch root = new Sketch("root");
        int shape = root.typeOf(root.importInstance("a:b/shapes", shapes), "shape");
        int used = root.add(
                Sort.TYPE, new Definition.Import(0, new ExternName("shape"), new ExternTypeRef.TypeEq(shape)));
        root.export("figure", Sort.TYPE, used);
        Composition made = compose(root.part(), plug(new Sketch("plug").implement("a:b/shapes", shapes).part()));
        assertEquals(Set.of("impl"), made.type().imports().keySet());
        assertEquals(Set.of("a:b/shapes", "figure"), made.type().exports().keySet());
    }

    @Test
    void anImportThatUsesATypeOfAPlugIsTold() {
        Sketch root = new Sketch("root");
        List<Definition> shapes = List.of(export("shape", new ExternTypeRef.SubResource()));
        int shape = root.typeOf(root.importInstance("a:b/shapes", shapes), "shape");
        root.importInstance(
                "a:b/sink",
                List.of(
                        new Definition.AliasOuter(0, Sort.TYPE, 1, shape),
                        export("shape", new ExternTypeRef.TypeEq(0))));
        Plug plug = plug(new Sketch("plug").implement("a:b/shapes", shapes).part());
        assertEquals(
                "root cannot be composed:\n  \"a:b/sink\" of root, which nothing meets, uses the type \"shape\" of"
                        + " \"a:b/shapes\", which plug meets: meet \"a:b/sink\" too, or leave \"a:b/shapes\" unmet by"
                        + " naming only other imports",
                assertThrows(ComponentException.Link.class, () -> compose(root.part(), plug)).getMessage());
    }

    @Test
    void coreModulesAndComponentsAreImportedAsBefore() {
        Sketch root = new Sketch("root");
        FuncType function = new FuncType(List.of(ValType.Num.I32, ValType.Ref.FUNC), List.of(ValType.Num.I64));
        Limits limits = new Limits(1, OptionalLong.of(200), false);
        int module = root.add(Sort.CORE_TYPE, new Definition.CoreType(0, new CoreTypeDef.Module(List.of(
                new ModuleDecl.Type(0, new CoreTypeDef.Func(function)),
                new ModuleDecl.Import(0, "env", "f", new CoreExtern.Func(0)),
                new ModuleDecl.Import(0, "env", "m", new CoreExtern.Other(new ExternType.Memory(new MemoryType(limits, true)))),
                new ModuleDecl.Export(0, "t", new CoreExtern.Other(new ExternType.Table(new TableType(ValType.Ref.EXTERN, limits)))),
                new ModuleDecl.Export(0, "g", new CoreExtern.Other(new ExternType.Global(new GlobalType(ValType.Num.F32, true))))))));
        root.add(Sort.CORE_MODULE, new Definition.Import(0, new ExternName("libc"), new ExternTypeRef.CoreModule(module)));
        int component = root.type(new TypeDef.Component(List.of(
                new Definition.Import(0, new ExternName("r"), new ExternTypeRef.SubResource()),
                define(new TypeDef.Own(0)),
                define(func(new ValTypeRef.Index(1), U32)),
                export("f", new ExternTypeRef.Func(2)))));
        root.add(Sort.COMPONENT, new Definition.Import(0, new ExternName("factory"), new ExternTypeRef.Component(component)));
        root.importInstance(API, functions("f"));
        Part part = root.part();
        Composition made = compose(part, plug(new Sketch("plug").implement(API, functions("f")).part()));
        assertEquals(part.type().imports().get("libc"), made.type().imports().get("libc"));
        assertEquals(Set.of("libc", "factory", "impl"), made.type().imports().keySet());
    }
}
