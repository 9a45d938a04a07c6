package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostInterfaceTest {

    private static final String WIT = """
            package test:binding@1.0.0;

            interface texts {
              record point { x: s32, y: s32 }
              resource page {
                wait: func() -> u8;
                turn: func(times: u32);
              }
              get-title: func(of: borrow<page>) -> option<string>;
              mark: func(where: list<point>) -> result<_, string>;
            }
            """;

    /** Everything fits. */
    public static final class Page {
        public byte wait_() {
            return 1;
        }

        public void turn(int times) {}
    }

    public record Point(int x, int y) {}

    public static class Texts {
        public java.util.Optional<String> getTitle(Page page) {
            return java.util.Optional.empty();
        }

        public Result<Void, String> mark(List<Point> where) {
            return Result.ok();
        }
    }

    /** Nothing fits. */
    public static final class Sheet {
        public void turn(String times) {}
    }

    public static final class NoTexts {
        public java.util.Optional<String> title(Sheet sheet) {
            return java.util.Optional.empty();
        }

        public Result<Void, String> mark(String where) {
            return Result.ok();
        }
    }

    @Test
    void aClassThatFitsIsTaken() {
        new Linker<Texts>()
                .define(HostInterface.of(Things.wit(WIT, "texts"), Texts.class, (Texts t) -> t)
                        .resource("page", Page.class));
    }

    @Test
    void everythingThatDoesNotFitIsListed() {
        HostInterface<NoTexts> wrong = HostInterface.of(
                        Things.wit(WIT, "texts"), NoTexts.class, (NoTexts t) -> t)
                .resource("page", Sheet.class)
                .resource("book", Page.class);
        String message = assertThrows(IllegalArgumentException.class, () -> new Linker<NoTexts>().define(wrong))
                .getMessage();
        List<String> lines = message.lines().map(String::strip).toList();
        assertEquals("test:binding/texts@1.0.0 does not fit " + NoTexts.class.getName() + ":", lines.get(0));
        assertEquals("there is no resource book", lines.get(1));
        assertEquals(
                "[method]page.wait: Sheet has no public method wait with 0 parameters,"
                        + " for func(self: borrow<page>) -> u8",
                lines.get(2));
        assertEquals(6, lines.size(), message);
    }

    @Test
    void aResourceWithoutAClassIsRefused() {
        HostInterface<Texts> wrong = HostInterface.of(Things.wit(WIT, "texts"), Texts.class, (Texts t) -> t);
        assertThrows(IllegalArgumentException.class, () -> new Linker<Texts>().define(wrong));
    }
}
