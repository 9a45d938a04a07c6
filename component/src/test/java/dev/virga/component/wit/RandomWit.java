package dev.virga.component.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Writes valid packages of all that WIT has. */
final class RandomWit {

    private static final List<String> PRIMITIVES = List.of(
            "bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string", "error-context");

    private static final List<String> KEYS = List.of("bool", "s8", "u64", "char", "string");

    /** A type by its name; {@code borrows} if a borrowed handle is in it. */
    private record Named(String name, boolean resource, boolean borrows) {}

    private record Face(String path, List<Named> types) {}

    private final Random random;
    private final List<Face> faces = new ArrayList<>();
    private int names;
    private boolean versioned;

    private RandomWit(Random random) {
        this.random = random;
    }

    /** A package {@code root:pkg} with the packages that it uses nested in it. */
    static String text(Random random) {
        return new RandomWit(random).text();
    }

    private String text() {
        String dep = "package dep:one@1.2.3-rc.1 {\n" + interfaces("dep:one/", "@1.2.3-rc.1") + "}\n"
                + "package dep:two {\n" + interfaces("dep:two/", "") + "}\n";
        versioned = true;
        String own = interfaces("root:pkg/", "@0.1.0");
        StringBuilder worlds = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            worlds.append(world(i));
        }
        return docs() + "package root:pkg@0.1.0;\n" + own + worlds + dep;
    }

    private String interfaces(String pack, String version) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String name = name();
            List<Named> types = new ArrayList<>();
            text.append(docs()).append("interface %").append(name).append(" {\n").append(members(types, true)).append("}\n");
            faces.add(new Face(pack + "%" + name + version, types));
        }
        return text.toString();
    }

    private String members(List<Named> types, boolean functions) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(use(types));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(type(types));
        }
        for (int i = functions ? random.nextInt(4) : 0; i > 0; i--) {
            text.append(item()).append("%").append(name()).append(": ").append(function(types)).append(";\n");
        }
        return text.toString();
    }

    private String use(List<Named> types) {
        Face from = faces.isEmpty() ? new Face("", List.of()) : faces.get(random.nextInt(faces.size()));
        if (from.types.isEmpty()) {
            return "";
        }
        Named type = from.types.get(random.nextInt(from.types.size()));
        String as = name();
        types.add(new Named(as, type.resource, type.borrows));
        return "use " + from.path + ".{%" + type.name + " as %" + as + "};\n";
    }

    private String type(List<Named> types) {
        String name = name();
        List<Named> before = List.copyOf(types);
        boolean borrows = random.nextInt(4) == 0;
        Supplier<String> value = () -> value(before, borrows, 3);
        String definition = switch (random.nextInt(7)) {
            case 0 -> "record %" + name + " { " + labels(() -> ": " + value.get()) + " }";
            case 1 -> "variant %" + name + " { " + labels(() -> random.nextBoolean() ? "(" + value.get() + ")" : "") + " }";
            case 2 -> "enum %" + name + " { " + labels(() -> "") + " }";
            case 3 -> "flags %" + name + " { " + labels(() -> "") + " }";
            case 4 -> "type %" + name + " = " + value.get() + ";";
            case 5 -> alias(name, before, types);
            default -> resource(name, before, types);
        };
        if (types.size() == before.size()) {
            types.add(new Named(name, false, borrows));
        }
        return item() + definition + "\n";
    }

    private String alias(String name, List<Named> before, List<Named> types) {
        if (before.isEmpty()) {
            return "type %" + name + " = u8;";
        }
        Named of = before.get(random.nextInt(before.size()));
        types.add(new Named(name, of.resource, of.borrows));
        return "type %" + name + " = %" + of.name + ";";
    }

    private String resource(String name, List<Named> before, List<Named> types) {
        types.add(new Named(name, true, false));
        List<Named> all = new ArrayList<>(before);
        all.add(new Named(name, true, false));
        StringBuilder text = new StringBuilder("resource %" + name);
        if (random.nextInt(3) == 0) {
            return text.append(";").toString();
        }
        text.append(" {\n");
        if (random.nextBoolean()) {
            text.append("constructor").append(params(all)).append(random.nextBoolean() ? ""
                    : " -> result<%" + name + (random.nextBoolean() ? ">" : ", " + value(all, false, 2) + ">")).append(";\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(item()).append("%").append(name()).append(": ").append(random.nextBoolean() ? "static " : "")
                    .append(function(all)).append(";\n");
        }
        return text.append("}").toString();
    }

    private String labels(Supplier<String> payload) {
        StringBuilder labels = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            labels.append(docs()).append("%").append(name()).append(payload.get()).append(", ");
        }
        return labels.toString();
    }

    private String function(List<Named> types) {
        String result = random.nextBoolean() ? "" : " -> " + value(types, false, 3);
        return (random.nextInt(4) == 0 ? "async " : "") + "func" + params(types) + result;
    }

    private String params(List<Named> types) {
        List<String> params = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            params.add("%" + name() + ": " + value(types, true, 3));
        }
        return "(" + String.join(", ", params) + ")";
    }

    private String value(List<Named> types, boolean borrows, int depth) {
        List<Named> possible = types.stream().filter(t -> borrows || !t.borrows).toList();
        if (!possible.isEmpty() && random.nextInt(3) == 0) {
            Named type = possible.get(random.nextInt(possible.size()));
            return type.resource && borrows && random.nextBoolean() ? "borrow<%" + type.name + ">" : "%" + type.name;
        }
        if (depth == 0 || random.nextBoolean()) {
            return PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
        }
        Supplier<String> part = () -> value(types, borrows, depth - 1);
        Supplier<String> owned = () -> value(types, false, depth - 1);
        return switch (random.nextInt(9)) {
            case 0 -> "list<" + part.get() + ">";
            case 1 -> "option<" + part.get() + ">";
            case 2 -> "tuple<" + part.get() + ", " + part.get() + ">";
            case 3 -> "result<" + part.get() + ", " + part.get() + ">";
            case 4 -> random.nextBoolean() ? "result" : "result<_, " + part.get() + ">";
            case 5 -> "map<" + KEYS.get(random.nextInt(KEYS.size())) + ", " + part.get() + ">";
            case 6 -> "list<" + part.get() + ", " + (1 + random.nextInt(9)) + ">";
            case 7 -> random.nextBoolean() ? "stream" : "stream<tuple<" + owned.get() + ">>";
            default -> random.nextBoolean() ? "future" : "future<" + owned.get() + ">";
        };
    }

    private String world(int number) {
        StringBuilder text = new StringBuilder(docs() + gate() + "world w" + number + " {\n");
        List<Named> types = new ArrayList<>();
        text.append(members(types, false));
        for (int i = random.nextInt(5); i > 0; i--) {
            boolean imported = random.nextBoolean();
            String keyword = imported ? "import " : "export ";
            Face face = faces.get(random.nextInt(faces.size()));
            text.append(switch (random.nextInt(4)) {
                // Exports could need an interface both ways, which is an error.
                case 0 -> docs() + gate() + "import " + face.path + ";\n";
                case 1 -> item() + "import %" + name() + ": " + face.path + ";\n";
                case 2 -> item() + keyword + "%" + name() + ": interface {\n" + members(new ArrayList<>(), true) + "}\n";
                default -> item() + keyword + "%" + name() + ": " + function(types) + ";\n";
            });
        }
        for (Face face : random.nextBoolean() ? faces : List.<Face>of()) {
            text.append(docs()).append("export ").append(face.path).append(";\n");
        }
        return text.append("}\n").toString();
    }

    /** What may stand before an item. */
    private String item() {
        return docs() + gate() + externalId();
    }

    private String docs() {
        return switch (random.nextInt(12)) {
            case 0 -> "/// about " + name() + "\n///\n///   \"more\" \u00e9 \ud83d\ude00 \\n\n";
            case 1 -> "/** block\n * of docs\n */\n";
            case 2 -> "///\n";
            default -> "";
        };
    }

    private String gate() {
        return versioned && random.nextInt(8) == 0
                ? "@since(version = 0.1.0)\n" + (random.nextBoolean() ? "@deprecated(version = 0.1.0)\n" : "")
                : "";
    }

    private String externalId() {
        return random.nextInt(8) == 0 ? "@external-id(\"" + name() + " \\u{e9}\")\n" : "";
    }

    /** Keywords among them, and upper case. */
    private String name() {
        List<String> words = List.of("a", "list", "type", "HTTP-x", "interface", "b-2", "use-it", "world");
        return words.get(random.nextInt(words.size())) + "-" + names++;
    }
}
