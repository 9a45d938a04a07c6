package dev.virga.host.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of a document: one component of a record. An {@code Optional}, a {@code List}, a {@code
 * Map} or an {@link Overrides} may be left out, as may what has a {@link #fallback}; all else is
 * required.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

    /** What it means, in a sentence or two; the schema and the documentation have this text. */
    String value();

    /** Its name where that cannot be the component's, because Java has the word. */
    String name() default "";

    /** The value when it is left out, as YAML. */
    String fallback() default "";

    /** What a string must be; of a list or a map, each value. */
    Text text() default Text.ANY;

    /** What each key of a map must be. */
    Text keys() default Text.ANY;

    /** The least value: a number, bytes of a size, milliseconds of a duration. */
    long min() default 0;

    /** The greatest value, in the same units; a duration is never more than 30 days. */
    long max() default Long.MAX_VALUE;

    /** How many items a list must have at least; one or more makes it required. */
    int minItems() default 0;

    /** How many items a list or a map may have. */
    int maxItems() default 1024;
}
