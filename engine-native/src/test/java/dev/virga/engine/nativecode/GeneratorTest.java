package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code generator compiles itself to the images that are shipped. They were made by its build for
 * the machine that built it, so this also says that generated code computes what rustc's does.
 */
@ExtendWith(NeedsNativeEngine.class)
class GeneratorTest {

    static Stream<Platform> images() {
        return Stream.of(Platform.IMAGE_X86_64, Platform.IMAGE_AARCH64);
    }

    @ParameterizedTest
    @MethodSource("images")
    void compilesItselfToTheImageThatIsShipped(Platform platform) {
        assertArrayEquals(Images.image(platform), Compiler.compile(Images.module(), platform).encode());
    }
}
