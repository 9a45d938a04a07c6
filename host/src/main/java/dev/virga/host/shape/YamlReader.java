package dev.virga.host.shape;

import dev.virga.host.shape.Node.Entry;
import dev.virga.host.shape.Node.Kind;
import dev.virga.host.shape.Node.Mapping;
import dev.virga.host.shape.Node.Mark;
import dev.virga.host.shape.Node.Scalar;
import dev.virga.host.shape.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Builds nodes from the parser's events. The text may be hostile: depth, size and number of its
 * documents are bounded, and what aliases stand for counts as often as they stand.
 */
final class YamlReader {

    private static final int MAX_DOCUMENTS = 1000;
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_NODES = 100_000;
    private static final int MAX_DEPTH = 50;

    private final Problems problems;
    private final Iterator<Event> events;
    private final String text;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private int depth;
    private int start;

    YamlReader(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
        LoadSettings settings = LoadSettings.builder()
                .setSchema(Yaml.SCHEMA)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    List<Node> documents() {
        List<Node> documents = new ArrayList<>();
        try {
            while (events.hasNext()) {
                if (events.next() instanceof DocumentStartEvent start) {
                    if (documents.size() == MAX_DOCUMENTS) {
                        throw new Broken(mark(start), "more than " + MAX_DOCUMENTS + " documents; use several files");
                    }
                    documents.add(document(start));
                }
            }
        } catch (Broken e) {
            problems.add(e.mark, "", e.getMessage());
        } catch (MarkedYamlEngineException e) {
            problems.add(
                    e.getProblemMark().map(YamlReader::mark).orElse(new Mark(1, 1)),
                    "",
                    "not YAML: " + Quoted.harmless(e.getProblem()));
        } catch (ReaderException e) {
            String character = "U+%04X".formatted(e.getCodePoint());
            problems.add(at(e.getPosition()), "", "not YAML: the character " + character + " may not stand there");
        } catch (YamlEngineException e) {
            problems.add(new Mark(1, 1), "", "not YAML: " + Quoted.harmless(String.valueOf(e.getMessage())));
        }
        return documents;
    }

    private Node document(DocumentStartEvent event) {
        anchors.clear();
        start = index(event);
        Node root = node(events.next());
        checkLength(events.next());
        return root;
    }

    private void checkLength(Event event) {
        if (index(event) - start > MAX_CHARACTERS) {
            throw new Broken(mark(event), "the document has more than " + MAX_CHARACTERS + " characters before this");
        }
    }

    private Node node(Event event) {
        checkLength(event);
        if (event instanceof AliasEvent alias) {
            Node node = anchors.get(alias.getAlias());
            if (node == null) {
                String name = Quoted.harmless(alias.getAlias().getValue());
                throw new Broken(mark(event), "no anchor &" + name + " before this alias");
            }
            return node;
        }
        Node node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent list -> sequence(list);
            case MappingStartEvent mapping -> mapping(mapping);
            default -> throw new IllegalStateException("no node: " + event);
        };
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    private Scalar scalar(ScalarEvent event) {
        Tag tag = event.getTag()
                .map(Tag::new)
                .orElseGet(() -> Yaml.SCHEMA.getScalarResolver().resolve(event.getValue(), event.isPlain()));
        Kind kind = Yaml.kind(tag).orElseThrow(() -> unknown(tag, event));
        return new Scalar(mark(event), kind, event.getValue());
    }

    private Node sequence(SequenceStartEvent start) {
        enter(start, Tag.SEQ);
        List<Node> items = new ArrayList<>();
        int size = 1;
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            Node item = node(event);
            size = plus(size, item);
            items.add(item);
        }
        depth--;
        return new Sequence(mark(start), items, size);
    }

    private Node mapping(MappingStartEvent start) {
        enter(start, Tag.MAP);
        List<Entry> entries = new ArrayList<>();
        int size = 1;
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            if (!(node(event) instanceof Scalar key)) {
                throw new Broken(mark(event), "a key that is not a string");
            }
            Node value = node(events.next());
            size = plus(size + 1, value);
            entries.add(new Entry(key, value));
        }
        depth--;
        return new Mapping(mark(start), entries, size);
    }

    private void enter(CollectionStartEvent start, Tag only) {
        start.getTag().map(Tag::new).filter(tag -> !tag.equals(only)).ifPresent(tag -> {
            throw unknown(tag, start);
        });
        if (++depth > MAX_DEPTH) {
            throw new Broken(mark(start), "nested more than " + MAX_DEPTH + " deep");
        }
    }

    private static Broken unknown(Tag tag, Event event) {
        return new Broken(mark(event), "the tag " + Quoted.harmless(tag.getValue()) + " is not known; leave it out");
    }

    /** Neither sum can overflow, as each is at most a little over the most that is taken. */
    private static int plus(int size, Node more) {
        if (size + more.size() > MAX_NODES) {
            throw new Broken(
                    more.mark(), "more than " + MAX_NODES + " values in a document, with those that aliases repeat");
        }
        return size + more.size();
    }

    private static Mark mark(Event event) {
        return event.getStartMark().map(YamlReader::mark).orElse(new Mark(1, 1));
    }

    private static Mark mark(org.snakeyaml.engine.v2.exceptions.Mark mark) {
        return new Mark(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static int index(Event event) {
        return event.getStartMark().map(org.snakeyaml.engine.v2.exceptions.Mark::getIndex).orElse(0);
    }

    private Mark at(int codePoint) {
        int line = 1;
        int column = 1;
        for (int i = 0, n = 0; i < text.length() && n < codePoint; n++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            line += c == '\n' ? 1 : 0;
            column = c == '\n' ? 1 : column + 1;
        }
        return new Mark(line, column);
    }

    /** Nothing after it can be read. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Mark mark;

        Broken(Mark mark, String text) {
            super(text, null, false, false);
            this.mark = mark;
        }
    }
}
