package dev.virga.host.shape;

import dev.virga.host.shape.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

record ListType<E>(Type<E> items, int min, int max) implements Type<List<E>> {

    @Override
    public Optional<List<E>> read(Place place) {
        if (!(place.node() instanceof Sequence list)) {
            place.problem("expected a list, found " + place.node().words(false));
            return Optional.empty();
        }
        int size = list.items().size();
        if (size < min || size > max) {
            place.problem("has " + size + " items; it takes " + (size < min ? "at least " + min : "at most " + max));
            return Optional.empty();
        }
        List<E> read = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.read(place.item(i, list.items().get(i))).ifPresent(read::add);
        }
        return read.size() == size ? Optional.of(List.copyOf(read)) : Optional.empty();
    }

    @Override
    public Object write(List<E> value) {
        return value.stream().map(items::write).toList();
    }

    @Override
    public Map<String, Object> schema(Definitions definitions) {
        return Definitions.schema(
                "type", "array", "items", items.schema(definitions), "minItems", min, "maxItems", max);
    }

    @Override
    public String words() {
        return "list: " + items.words();
    }
}
