package dev.virga.host.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class whose values are single strings in a document. It has a {@code public static} method
 * {@code parse(String)}, which throws {@link IllegalArgumentException} with a text for the user,
 * and its {@code toString}, or {@code text()} if it is hidden, is what {@code parse} takes.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Value {

    /** What it is, with its article, for error texts. */
    String words();

    /** What its text matches, from end to end, as both Java and JavaScript understand it. */
    String pattern();

    String example();

    /** Whether a plain number is also understood. */
    boolean numbers() default false;

    /** Whether it may be secret, so that no text may ever quote it. */
    boolean hidden() default false;

    int maxLength() default 1024;
}
