package dev.virga.component.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b-c", "a1-2-3", "A", "A-B-C", "A1-2-3", "a11-w0rds", "A11-4CR0NYMS", "m1x3d-4CR0NYMS", "is-XML"})
    void labelsAreInKebabCase(String label) {
        assertTrue(Names.isLabel(label));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1-2-3", "-a", "a-", "a--b", "aB", "Ab", "a_b", "a b", "ä", "a\n", "a.b"})
    void otherWordsAreNoLabels(String label) {
        assertFalse(Names.isLabel(label));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f", "[constructor]r", "[method]r.m", "[static]R.m-n", "wasi:http/types", "wasi:http/types@0.2.12",
                "a-b:c-d/e-f@1.2.3-rc.1+build.7", "a:b/C-D@0.2", "a:b/c@1"
            })
    void externNamesFollowTheGrammar(String name) {
        Names.parse(name, new Context());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "[method]r", "[method]r.", "[method].m", "[method]r.m.n", "[other]r", "[constructor]", "a:b", "a:b/",
                "A:b/c", "a:B/c", "a:b:c/d", "a:b/c/d", "a:b/c@", "a:b/c@1.", "a:b/c@1.2.x", "a:b/c@01.2.3",
                "a:b/c@1.2.3-", "a:b/c@1.2.3-01", "a:b/c@1.2.3+", "a:b/c@1.2.3\n", "a:b/c@0", "a:b/c@0.0", "a:b/c@1.0", "url=<a>", "a/b"
            })
    void otherNamesAreRefused(String name) {
        Context context = new Context();
        assertThrows(ComponentException.Invalid.class, () -> Names.parse(name, context));
    }

    /** The example of the Explainer, "Name Uniqueness". */
    @ParameterizedTest
    @CsvSource({
        "foo, FOO", "foo-bar, foo-BAR", "[constructor]foo, [constructor]FOO", "[method]foo.bar, [method]foo.BAR",
        "[method]foo.bar, [static]foo.bar", "[static]foo.baz, [method]foo.baz", "foo, [method]foo.foo",
        "foo-bar, [static]foo-BAR.FOO-bar", "foo:bar/baz, foo:bar/BAZ"
    })
    void namesThatDifferOnlyInWritingConflict(String one, String other) {
        assertEquals(unique(one), unique(other));
    }

    @Test
    void aConstructorMayHaveTheNameOfItsResource() {
        assertNotEquals(unique("foo"), unique("[constructor]foo"));
        assertNotEquals(unique("a:b/c@1.0.0"), unique("a:b/c@2.0.0"));
    }

    @Test
    void longNamesAreNoProblem() {
        Names.parse("a-".repeat(50_000) + "b", new Context());
        Names.parse("a:b/c@1.2.3-" + "x.".repeat(50_000) + "y", new Context());
    }

    private static String unique(String name) {
        return Names.parse(name, new Context()).unique();
    }
}
