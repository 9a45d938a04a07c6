package dev.virga.component.compose;

/** What an import is met with. */
sealed interface Source {

    Node node();

    /** The name under which the result exports it, if it has to. */
    String exportName();

    /** An export of an instance. */
    record One(Node node, String name) implements Source {
        @Override
        public String exportName() {
            return name;
        }
    }

    /** An instance itself, with all its exports, for an import of this name. */
    record All(Node node, String importName) implements Source {
        @Override
        public String exportName() {
            return importName;
        }
    }

    /** A type that an instance exports which another import of the same component is met with. */
    record TypeOf(Source instance, String name) implements Source {
        @Override
        public Node node() {
            return instance.node();
        }

        @Override
        public String exportName() {
            return instance.exportName();
        }
    }
}
