package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.I32;

import dev.virga.engine.TableType;
import dev.virga.engine.ValType;
import java.util.List;
import java.util.stream.IntStream;

/** Table instructions. Tables never shrink, so what is in bounds at first always is. */
final class TableGenerator {

    private final FunctionGenerator f;
    private final List<Integer> tables;

    TableGenerator(FunctionGenerator f) {
        this.f = f;
        tables = IntStream.range(0, f.shape.tables().size()).boxed().toList();
    }

    private TableType type(int table) {
        return f.shape.tables().get(table);
    }

    private int elements(int table) {
        return (int) type(table).limits().min();
    }

    private List<Integer> tables(ValType.Ref element) {
        return tables.stream().filter(table -> type(table).element().equals(element)).toList();
    }

    /** Those that code may change. */
    private List<Integer> changing() {
        return tables.stream().filter(table -> table != f.shape.typed()).toList();
    }

    boolean get(ValType.Ref element) {
        List<Integer> fitting = tables(element);
        if (fitting.isEmpty()) {
            return false;
        }
        int table = f.any(fitting);
        index(table, f.risks());
        f.op(0x25).u32(table);
        return true;
    }

    boolean size() {
        if (tables.isEmpty()) {
            return false;
        }
        f.op(0xfc10).u32(f.any(tables));
        return true;
    }

    void change() {
        List<Integer> changing = changing();
        if (changing.isEmpty()) {
            return;
        }
        int table = f.any(changing);
        boolean wild = f.risks();
        switch (f.random.nextInt(9)) {
            case 0, 1, 2 -> {
                index(table, wild);
                f.value(type(table).element());
                f.op(0x26).u32(table);
            }
            case 3 -> grow(table);
            case 4 -> {
                int start = start(table, wild);
                f.value(type(table).element());
                length(elements(table) - start, wild);
                f.op(0xfc11).u32(table);
            }
            case 5, 6 -> copy(table, wild);
            case 7 -> init(table, wild);
            default -> drop();
        }
    }

    /** Pushes the index of an element. */
    private void index(int table, boolean wild) {
        if (wild) {
            f.value(I32);
        } else if (f.random.nextInt(4) == 0) {
            // The last element.
            f.op(0xfc10).u32(table);
            f.i32(1);
            f.op(0x6b);
        } else if (f.random.nextInt(3) == 0) {
            f.i32(f.random.nextInt(elements(table)));
        } else {
            f.value(I32);
            f.i32(Integer.highestOneBit(elements(table)) - 1);
            f.op(0x71);
        }
    }

    /** Pushes a constant index, which it returns. */
    private int start(int table, boolean wild) {
        int start = f.random.nextInt(elements(table) + 1);
        f.i32(wild ? start + f.random.nextInt(3) : start);
        return start;
    }

    private void length(int most, boolean wild) {
        if (wild && f.random.nextBoolean()) {
            f.value(I32);
        } else {
            f.i32(f.random.nextInt(most + 1) + (wild ? 1 : 0));
        }
    }

    /** Grows by a little, or by more than any table may. One without a maximum never grows. */
    private void grow(int table) {
        f.value(type(table).element());
        if (type(table).limits().max().isPresent() && f.random.nextInt(4) > 0) {
            f.value(I32);
            f.i32(3);
            f.op(0x71);
        } else {
            f.i32(f.random.nextInt(2) - 1);
        }
        f.op(0xfc0f).u32(table);
        f.pop(I32);
    }

    private void copy(int to, boolean wild) {
        int from = f.any(tables(type(to).element()));
        int target = start(to, wild);
        int source = start(from, wild);
        length(Math.min(elements(to) - target, elements(from) - source), wild);
        f.op(0xfc0e).u32(to).u32(from);
    }

    private void init(int table, boolean wild) {
        List<Integer> segments = segments().stream()
                .filter(segment -> f.shape.elements().get(segment).type().equals(type(table).element()))
                .filter(segment -> wild || f.shape.elements().get(segment).stays())
                .toList();
        if (segments.isEmpty()) {
            return;
        }
        int segment = f.any(segments);
        int available = f.shape.elements().get(segment).functions().size();
        int target = start(table, wild);
        int source = f.random.nextInt(available + 1);
        f.i32(source);
        length(Math.min(elements(table) - target, available - source), wild);
        f.op(0xfc0c).u32(segment).u32(table);
    }

    private void drop() {
        List<Integer> segments =
                segments().stream().filter(segment -> !f.shape.elements().get(segment).stays()).toList();
        if (!segments.isEmpty()) {
            f.op(0xfc0d).u32(f.any(segments));
        }
    }

    private List<Integer> segments() {
        return IntStream.range(0, f.shape.elements().size()).boxed().toList();
    }
}
