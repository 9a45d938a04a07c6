package dev.virga.component.validation;

import java.util.ArrayList;
import java.util.List;

/** One index space of a component. */
final class IndexSpace<T> {

    private final String what;
    private final Context context;
    private final List<T> items = new ArrayList<>();

    IndexSpace(String what, Context context) {
        this.what = what;
        this.context = context;
    }

    boolean add(T item) {
        return items.add(item);
    }

    int size() {
        return items.size();
    }

    T get(int index) {
        if (index < 0 || index >= items.size()) {
            throw context.invalid("unknown " + what + " " + Integer.toUnsignedString(index) + ": " + what
                    + " index out of bounds");
        }
        return items.get(index);
    }
}
