package dev.virga.component.runtime;

import java.util.Locale;

/** How the names of component functions are spelled in Java, as {@code HostInterface} documents. */
final class JavaNames {

    private static final String METHOD = "[method]";
    private static final String STATIC = "[static]";
    private static final String CONSTRUCTOR = "[constructor]";

    private JavaNames() {}

    /** The Java method for a function of this name. */
    static String method(String function) {
        if (function.startsWith(CONSTRUCTOR)) {
            return camelCase("new-" + function.substring(CONSTRUCTOR.length()));
        }
        if (function.startsWith(METHOD)) {
            return camelCase(function.substring(function.indexOf('.') + 1));
        }
        return camelCase(function.substring(function.startsWith(STATIC) ? STATIC.length() : 0).replace('.', '-'));
    }

    /** Whether a method of this name is one for the function; behind a name that Java does not allow is an underscore. */
    static boolean fits(String method, String function) {
        String name = method(function);
        return method.equals(name) || method.equals(name + "_");
    }

    /** The prefix of the names of a resource's methods. */
    static String methodsOf(String resource) {
        return METHOD + resource + ".";
    }

    static boolean isMethod(String function) {
        return function.startsWith(METHOD);
    }

    private static String camelCase(String kebab) {
        StringBuilder camel = new StringBuilder();
        for (String word : kebab.split("-")) {
            String lower = word.toLowerCase(Locale.ROOT);
            camel.append(camel.isEmpty() ? lower : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
        }
        return camel.toString();
    }
}
