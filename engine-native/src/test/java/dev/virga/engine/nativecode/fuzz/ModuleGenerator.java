package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.I32;

import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.TableType;
import dev.virga.engine.ValType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Makes a valid module out of a seed, always the same. Every call of its functions ends, and what it
 * does is the same in every engine: no NaN that an operator gives is seen as it is, no stack
 * overflows, no memory grows large.
 */
final class ModuleGenerator {

    /**
     * The same for all seeds: the JVM keeps an adapter for each signature of a Java method as long as it
     * lives, and comes to its end after some hundred thousand.
     */
    private static final List<FuncType> ALL_SIGNATURES = allSignatures(new Random(1));

    private final Random random;
    private final List<FuncType> signatures = new ArrayList<>();
    private boolean tailCalls;
    private final List<FuncType> functions = new ArrayList<>();
    private final List<TableType> tables = new ArrayList<>();
    private final List<ModuleShape.Elements> elements = new ArrayList<>();

    ModuleGenerator(long seed) {
        // Seeds that follow each other would begin alike.
        random = new Random(seed * 0x9e37_79b9_7f4a_7c15L);
    }

    byte[] generate() {
        ModuleShape shape = shape();
        List<byte[]> bodies = IntStream.range(shape.importedFunctions(), shape.functions().size())
                .mapToObj(function -> new FunctionGenerator(random, shape, function).generate())
                .toList();
        return new ModuleWriter(shape, random).write(bodies);
    }

    private static List<FuncType> allSignatures(Random random) {
        return IntStream.range(0, 500)
                .mapToObj(i -> new FuncType(types(random.nextInt(8) == 0 ? 12 : 4, random), types(3, random)))
                .toList();
    }

    private static List<ValType> types(int most, Random random) {
        return IntStream.range(0, random.nextInt(most + 1)).mapToObj(i -> Values.type(random)).toList();
    }

    private ModuleShape shape() {
        tailCalls = random.nextInt(8) == 0;
        signatures.add(new FuncType(List.of(), List.of()));
        for (int i = random.nextInt(3, 8); i > 0; i--) {
            FuncType type = ALL_SIGNATURES.get(random.nextInt(ALL_SIGNATURES.size()));
            if (signatures.stream().noneMatch(other -> areConfused(type.results(), other.results()))
                    && !(tailCalls && hasExternal(type))) {
                signatures.add(type);
            }
        }
        int importedFunctions = random.nextInt(4);
        int count = importedFunctions + random.nextInt(3, 10);
        for (int i = 0; i < count; i++) {
            functions.add(signatures.get(random.nextInt(signatures.size())));
        }
        Set<Integer> exported = new TreeSet<>();
        for (int i = importedFunctions; i < count; i++) {
            if (random.nextInt(4) > 0) {
                exported.add(i);
            }
        }
        exported.add(count - 1);
        List<MemoryType> memories = memories();
        int importedMemories = imported(memories.size());
        List<GlobalType> globals = globals();
        int importedGlobals = random.nextInt(4);
        globals.add(importedGlobals, new GlobalType(I32, true));

        Map<FuncType, Integer> groups = new HashMap<>();
        int typed = tables(groups);
        // The portable engine has no indirect tail calls into another instance, whose functions would be there.
        int importedTables = imported(tailCalls ? typed : tables.size());
        segments();
        // Endive 1.0.0 refuses others, though those of exports and globals are declared too (section 3.4.10).
        Set<Integer> referable = new TreeSet<>();
        elements.forEach(segment -> referable.addAll(segment.functions()));
        referable.remove(-1);

        return new ModuleShape(
                ModuleShape.newTypes(), functions, importedFunctions, exported, List.copyOf(referable),
                memories, importedMemories, tables, importedTables, typed, groups,
                globals, importedGlobals, importedGlobals,
                memories.isEmpty() ? List.of() : data(memories), elements,
                start(importedFunctions), tailCalls);
    }

    /** Endive 1.0.0 takes results that differ in the kind of a reference only for the same. */
    private static boolean areConfused(List<ValType> one, List<ValType> other) {
        return !one.equals(other) && carriers(one).equals(carriers(other));
    }

    private static List<Class<?>> carriers(List<ValType> types) {
        return types.stream().<Class<?>>map(ValType::carrier).toList();
    }

    /** Endive 1.0.0 loses results of a tail call in a function that has an external reference too. */
    private static boolean hasExternal(FuncType type) {
        return type.params().contains(ValType.Ref.EXTERN) || type.results().contains(ValType.Ref.EXTERN);
    }

    /** How many of so many are imported: mostly none. */
    private int imported(int count) {
        return random.nextInt(3) == 0 ? random.nextInt(count + 1) : 0;
    }

    private OptionalInt start(int importedFunctions) {
        return random.nextInt(4) > 0
                ? OptionalInt.empty()
                : IntStream.range(importedFunctions, functions.size())
                        .filter(function -> functions.get(function).equals(signatures.getFirst()))
                        .findFirst();
    }

    private List<MemoryType> memories() {
        int count = List.of(0, 1, 1, 1, 1, 1, 1, 2, 2, 3).get(random.nextInt(10));
        return IntStream.range(0, count).mapToObj(i -> {
            int min = List.of(0, 1, 1, 1, 2, 3).get(random.nextInt(6));
            return new MemoryType(limits(min, 3), false);
        }).toList();
    }

    private Limits limits(int min, int more) {
        return new Limits(
                min, random.nextInt(4) == 0 ? OptionalLong.empty() : OptionalLong.of(min + random.nextInt(more)), false);
    }

    private List<GlobalType> globals() {
        List<GlobalType> globals = new ArrayList<>();
        for (int i = random.nextInt(4, 12); i > 0; i--) {
            globals.add(new GlobalType(Values.type(random), random.nextInt(4) > 0));
        }
        return globals;
    }

    /** The tables, and the one with groups of functions of one type. */
    private int tables(Map<FuncType, Integer> groups) {
        for (int i = random.nextInt(3); i > 0; i--) {
            ValType.Ref element = random.nextBoolean() ? ValType.Ref.FUNC : ValType.Ref.EXTERN;
            tables.add(new TableType(element, limits(random.nextInt(4, 20), 20)));
        }
        List<Integer> content = new ArrayList<>();
        for (FuncType type : signatures) {
            List<Integer> fitting = IntStream.range(0, functions.size())
                    .filter(function -> functions.get(function).equals(type))
                    .boxed()
                    .toList();
            if (!fitting.isEmpty() && random.nextInt(4) > 0) {
                groups.put(type, content.size());
                for (int i = 0; i < ModuleShape.GROUP; i++) {
                    content.add(fitting.get(random.nextInt(fitting.size())));
                }
            }
        }
        int typed = random.nextInt(tables.size() + 1);
        int size = Math.max(ModuleShape.GROUP, content.size() + random.nextInt(4));
        tables.add(typed, new TableType(ValType.Ref.FUNC, limits(size, 2)));
        elements.add(new ModuleShape.Elements(
                ModuleShape.Mode.ACTIVE, typed, 0, ValType.Ref.FUNC, content, false));
        return typed;
    }

    private void segments() {
        int typed = elements.getFirst().table();
        for (int i = random.nextInt(5); i > 0; i--) {
            ValType.Ref type = random.nextInt(4) > 0 ? ValType.Ref.FUNC : ValType.Ref.EXTERN;
            List<Integer> tables = IntStream.range(0, this.tables.size())
                    .filter(table -> table != typed && this.tables.get(table).element().equals(type))
                    .boxed()
                    .toList();
            List<Integer> content = IntStream.range(0, random.nextInt(8))
                    .mapToObj(e -> type == ValType.Ref.EXTERN || random.nextInt(5) == 0
                            ? -1
                            : random.nextInt(functions.size()))
                    .toList();
            ModuleShape.Mode mode = List.of(ModuleShape.Mode.values()).get(random.nextInt(3));
            if (mode == ModuleShape.Mode.ACTIVE && !tables.isEmpty()) {
                int table = tables.get(random.nextInt(tables.size()));
                int last = (int) this.tables.get(table).limits().min() - content.size();
                int offset = random.nextInt(Math.max(1, last + (random.nextInt(20) == 0 ? 2 : 1)));
                elements.add(new ModuleShape.Elements(mode, table, offset, type, content, false));
            } else if (mode != ModuleShape.Mode.ACTIVE) {
                boolean stays = mode == ModuleShape.Mode.PASSIVE && random.nextBoolean();
                elements.add(new ModuleShape.Elements(mode, 0, 0, type, content, stays));
            }
        }
    }

    private List<ModuleShape.Data> data(List<MemoryType> memories) {
        return IntStream.range(0, random.nextInt(5)).mapToObj(i -> {
            byte[] bytes = new byte[random.nextInt(8) == 0 ? 0 : random.nextInt(100)];
            random.nextBytes(bytes);
            int memory = random.nextInt(memories.size());
            long last = memories.get(memory).limits().min() * ModuleShape.PAGE - bytes.length;
            boolean active = last >= 0 && random.nextBoolean();
            long offset = random.nextInt(30) == 0 ? last + 1
                    : random.nextInt(3) == 0 ? last
                    : random.nextInt(1000);
            return new ModuleShape.Data(
                    active ? ModuleShape.Mode.ACTIVE : ModuleShape.Mode.PASSIVE,
                    memory, offset, bytes, !active && random.nextBoolean());
        }).toList();
    }
}
