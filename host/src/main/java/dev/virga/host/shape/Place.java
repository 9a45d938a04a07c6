package dev.virga.host.shape;

import dev.virga.host.shape.Node.Entry;
import dev.virga.host.shape.Node.Mapping;
import dev.virga.host.shape.Node.Mark;
import dev.virga.host.shape.Node.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A node on its way into a record.
 *
 * @param path from the document's root
 */
public record Place(Node node, String path, Problems problems) implements Checked.Report {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    Place item(int index, Node item) {
        return new Place(item, path + "[" + index + "]", problems);
    }

    Place field(String name, Node value) {
        return new Place(value, fieldPath(name), problems);
    }

    String fieldPath(String name) {
        if (!PLAIN.matcher(name).matches()) {
            return path + "[" + Quoted.of(name) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The fields by name; nothing if this is no mapping. A name that stands twice is reported. */
    Optional<Map<String, Entry>> entries() {
        if (!(node instanceof Mapping mapping)) {
            problem("expected an object, found " + node.words(false));
            return Optional.empty();
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            Entry first = entries.putIfAbsent(entry.key().text(), entry);
            if (first != null) {
                problems.add(entry.key().mark(), fieldPath(entry.key().text()),
                        "already set in line " + first.key().mark().line() + "; take one out");
            }
        }
        return Optional.of(entries);
    }

    @Override
    public boolean isFull() {
        return problems.isFull();
    }

    /** Reports at the place of a path from here, or as near to it as the document goes. */
    @Override
    public void problem(String text, Object... steps) {
        Place place = this;
        Mark mark = node.mark();
        for (Object step : steps) {
            Optional<Node> next = place.step(step);
            mark = next.map(Node::mark).orElse(mark);
            Node node = next.orElse(place.node);
            place = step instanceof Integer index ? place.item(index, node) : place.field((String) step, node);
        }
        problems.add(mark, place.path, text);
    }

    private Optional<Node> step(Object step) {
        return switch (node) {
            case Sequence list when step instanceof Integer i && i < list.items().size() ->
                    Optional.of(list.items().get(i));
            case Mapping mapping when step instanceof String name -> mapping.value(name);
            default -> Optional.empty();
        };
    }
}
