package dev.virga.cli.convert;

import dev.virga.cli.CliException;
import dev.virga.host.shape.Node;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A part of a manifest that somebody else defines: what is not there is empty, and what is not of its kind is refused
 * with its place.
 */
record Item(String file, String path, Optional<Node> node) {

    static Item of(String file, Node document) {
        return new Item(file, "", Optional.of(document));
    }

    boolean isThere() {
        return node.filter(n -> !n.isNull()).isPresent();
    }

    Item at(String... keys) {
        Item item = this;
        for (String key : keys) {
            item = item.field(key);
        }
        return item;
    }

    private Item field(String key) {
        String longer = path.isEmpty() ? key : path + "." + key;
        if (!isThere()) {
            return new Item(file, longer, Optional.empty());
        }
        if (node.get() instanceof Node.Mapping mapping) {
            return new Item(file, longer, mapping.value(key));
        }
        throw wrong("an object");
    }

    List<Item> list() {
        if (!isThere()) {
            return List.of();
        }
        if (node.get() instanceof Node.Sequence list) {
            return IntStream.range(0, list.items().size())
                    .mapToObj(i -> new Item(file, path + "[" + i + "]", Optional.of(list.items().get(i))))
                    .toList();
        }
        throw wrong("a list");
    }

    Optional<String> text() {
        if (!isThere()) {
            return Optional.empty();
        }
        if (node.get() instanceof Node.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        throw wrong("a string");
    }

    String required() {
        return text().filter(text -> !text.isEmpty()).orElseThrow(() -> wrong("given"));
    }

    Optional<Integer> number() {
        return text().map(text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw wrong("a number of at least 0");
        });
    }

    Map<String, String> texts() {
        Map<String, String> all = new LinkedHashMap<>();
        keys().forEach(key -> field(key).text().ifPresent(text -> all.put(key, text)));
        return all;
    }

    List<String> keys() {
        if (!isThere()) {
            return List.of();
        }
        if (node.get() instanceof Node.Mapping mapping) {
            return mapping.entries().stream().map(entry -> entry.key().text()).distinct().toList();
        }
        throw wrong("an object");
    }

    /** As maps, lists, strings, numbers and booleans. */
    Object plain() {
        return node.map(Item::plain).orElse("");
    }

    private static Object plain(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> {
                Map<String, Object> map = new LinkedHashMap<>();
                mapping.entries().stream()
                        .filter(entry -> !entry.value().isNull())
                        .forEach(entry -> map.putIfAbsent(entry.key().text(), plain(entry.value())));
                yield map;
            }
            case Node.Sequence list -> list.items().stream().map(Item::plain).toList();
            case Node.Scalar scalar -> switch (scalar.kind()) {
                case BOOLEAN -> Boolean.valueOf(scalar.text());
                case INTEGER, FLOAT -> number(scalar.text());
                default -> scalar.text();
            };
        };
    }

    private static Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** @param what it must be */
    CliException.Failed wrong(String what) {
        String place = node.map(n -> ":" + n.mark().line() + ":" + n.mark().column()).orElse("");
        return new CliException.Failed(file + place + ": " + path + " must be " + what);
    }
}
