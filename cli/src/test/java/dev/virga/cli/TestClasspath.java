package dev.virga.cli;

import java.io.File;
import java.nio.file.Path;

/** The classes under test with all that they need, for processes of their own. */
final class TestClasspath {

    private TestClasspath() {}

    /** Surefire may start the tests from a jar that only names the real class path. */
    static String get() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    static String[] entries() {
        return get().split(File.pathSeparator);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
