package dev.virga.component.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever types two components have in common, what is composed of them is valid. */
class RandomCompositionTest {

    private static final int PAIRS = Integer.getInteger("virga.compositions", 150);
    private static final String BASE = "test:random/base@1.0.";
    private static final String API = "test:random/api@1.0.0";

    /** Two interfaces, the second of which uses types of the first. */
    private record Pair(List<Definition> base, Map<String, Boolean> used, List<Definition> api) {

        static Pair random(Random random) {
            RandomInterface base = new RandomInterface(random).fill(3 + random.nextInt(10));
            RandomInterface api = new RandomInterface(random);
            Map<String, Boolean> used = new LinkedHashMap<>();
            for (String name : base.typeNames()) {
                if (random.nextBoolean()) {
                    // the types that a component aliases are its first ones behind that of the import
                    api.use(1 + used.size(), base.resourceNames().contains(name));
                    used.put(name, true);
                }
            }
            return new Pair(base.declarations(), used, api.fill(3 + random.nextInt(10)).declarations());
        }
    }

    /** Imports both interfaces, the first only in part. */
    private static Sketch importer(String label, Pair pair, String base, String api, Random random) {
        Sketch sketch = new Sketch(label);
        int instance = sketch.importInstance(base, part(pair.base, random));
        pair.used.keySet().forEach(name -> sketch.typeOf(instance, name));
        sketch.importInstance(api, part(pair.api, random));
        return sketch;
    }

    private static List<Definition> part(List<Definition> declarations, Random random) {
        return declarations.stream()
                .filter(d -> !isFunction(d) || random.nextInt(3) != 0)
                .toList();
    }

    private static boolean isFunction(Definition declaration) {
        return declaration instanceof Definition.ExportDecl(int _, ExternName _, ExternTypeRef.Func _);
    }

    private static Part consumer(Pair pair, Random random) {
        Sketch sketch = importer("consumer", pair, BASE + "3", API, random);
        sketch.export("out", Sort.INSTANCE, 1);
        return sketch.part();
    }

    private static Part provider(Pair pair, List<Definition> api, boolean alsoBase, Random random) {
        Sketch sketch = new Sketch("provider");
        int base = sketch.importInstance(alsoBase ? "base" : BASE + "7", alsoBase ? pair.base : part(pair.base, random));
        pair.used.keySet().forEach(name -> sketch.typeOf(base, name));
        int instance = sketch.importInstance("impl", api);
        if (alsoBase) {
            sketch.export(BASE + "9", Sort.INSTANCE, base);
        }
        sketch.export(API, Sort.INSTANCE, instance);
        return sketch.part();
    }

    @Test
    void theResultIsValidAndImportsWhatAnyOfThemImports() {
        for (int seed = 0; seed < PAIRS; seed++) {
            Random random = new Random(seed);
            Pair pair = Pair.random(random);
            boolean alsoBase = random.nextInt(3) == 0;
            Part consumer = consumer(pair, random);
            Part provider = provider(pair, pair.api, alsoBase, random);
            try {
                Composition made = Composition.of(consumer, List.of(new Plug(Optional.empty(), provider)), "1");
                Oracle.assertValid(made.binary());
                if (!alsoBase) {
                    assertEquals(Set.of(BASE + "7", "impl"), made.type().imports().keySet());
                    Set<String> all = new TreeSet<>(names(consumer, BASE + "3"));
                    all.addAll(names(provider, BASE + "7"));
                    assertEquals(all, new TreeSet<>(names(made.type().imports().get(BASE + "7"))));
                }
                assertEquals(
                        names(consumer.type().exports().get("out")), names(made.type().exports().get("out")));
            } catch (RuntimeException | AssertionError e) {
                fail("seed " + seed, e);
            }
        }
    }

    private static List<String> names(Part part, String importName) {
        return names(part.type().imports().get(importName));
    }

    private static List<String> names(ExternDesc type) {
        return type instanceof ExternDesc.Instance(InstanceType i) ? List.copyOf(i.exports().keySet()) : List.of();
    }

    @Test
    void aFunctionOfAnotherTypeIsRefusedByName() {
        int refused = 0;
        for (int seed = 0; seed < PAIRS; seed++) {
            Random random = new Random(seed);
            Pair pair = Pair.random(random);
            Part consumer = consumer(pair, random);
            String changed = names(consumer, API).stream().filter(n -> n.contains("f")).findFirst().orElse("");
            if (changed.isEmpty()) {
                continue;
            }
            Part provider = provider(pair, change(pair.api, changed), false, random);
            String refusal = assertThrows(
                            ComponentException.Link.class,
                            () -> Composition.of(consumer, List.of(new Plug(Optional.empty(), provider)), "1"),
                            "seed " + seed)
                    .getMessage();
            assertTrue(refusal.contains("\"" + changed + "\": expected "), refusal);
            refused++;
        }
        assertTrue(refused > PAIRS / 2, "only " + refused);
    }

    /** The same interface, where a function is synchronous instead of asynchronous or the other way round. */
    private static List<Definition> change(List<Definition> declarations, String function) {
        List<Definition> changed = new ArrayList<>(declarations);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i) instanceof Definition.ExportDecl(int _, ExternName name, var _)
                    && name.text().equals(function)
                    && changed.get(i - 1) instanceof Definition.Type(int _, TypeDef.Func type)) {
                changed.set(i - 1, Sketch.define(new TypeDef.Func(type.params(), type.result(), !type.async())));
            }
        }
        return changed;
    }
}
