package dev.virga.component.abi;

/** A Java value that is not of the class which its component type needs. */
final class Mismatch {

    private Mismatch() {}

    static IllegalArgumentException of(String type, Class<?> expected, Object value) {
        return of(type, "a " + expected.getSimpleName(), value);
    }

    static IllegalArgumentException of(String type, String expected, Object value) {
        return new IllegalArgumentException("a value of type " + type + " is " + expected + " in Java, not "
                + (value == null ? "null" : "a " + value.getClass().getName()));
    }
}
