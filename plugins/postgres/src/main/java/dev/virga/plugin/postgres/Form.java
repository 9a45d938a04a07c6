package dev.virga.plugin.postgres;

import java.util.List;
import java.util.function.Function;

/** How a value of the interface, as {@link dev.virga.component.ExportedFunction#call} says, is written in SQL. */
interface Form {

    /** @throws QueryFailure.BadParams if there is no such value */
    String write(Object value, Money money);

    /** @throws Unreadable if the interface cannot have it */
    Object read(String text, Money money);

    static Form of(Function<Object, String> write, Function<String, Object> read) {
        return new Form() {
            @Override
            public String write(Object value, Money money) {
                return write.apply(value);
            }

            @Override
            public Object read(String text, Money money) {
                return read.apply(text);
            }
        };
    }

    default Form array(char delimiter) {
        Form element = this;
        return new Form() {
            @Override
            public String write(Object value, Money money) {
                List<String> texts =
                        ((List<?>) value).stream().map(v -> element.write(v, money)).toList();
                return ArrayText.write(texts, delimiter);
            }

            @Override
            public Object read(String text, Money money) {
                return ArrayText.read(text, delimiter).stream()
                        .map(t -> element.read(t, money))
                        .toList();
            }
        };
    }

    default Form array() {
        return array(',');
    }
}
