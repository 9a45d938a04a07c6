package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.binary.Bytes;
import dev.virga.component.binary.Definition;
import dev.virga.component.type.ExternDesc;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.ModuleException;
import dev.virga.engine.portable.PortableEngine;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ComponentLoadTest {

    /** A function with this body, of type [] -> [i32]. */
    private static Bytes module(int... body) {
        return Bytes.module()
                .section(1, 1, Bytes.of(0x60, 0, 1, 0x7f))
                .section(3, 1, Bytes.of(0))
                .section(10, 1, new Bytes().u32(body.length + 1).then(0).then(body));
    }

    @Test
    @Timeout(60)
    void itDoesNotKeepItsBytes() throws Exception {
        try (Engine engine = new PortableEngine(Optional.empty())) {
            byte[] bytes = Bytes.component().section(1, module(0x41, 7, 0x0b)).array();
            WeakReference<byte[]> gone = new WeakReference<>(bytes);
            Component component = Component.load(engine, bytes);
            bytes = null;
            while (!gone.refersTo(null)) {
                System.gc();
                Thread.sleep(1); // so that the timeout ends a wait in vain
            }
            Reference.reachabilityFence(component);
        }
    }

    @Test
    void itsTypeTellsWhatItImportsAndExports() {
        try (Engine engine = new PortableEngine(Optional.empty())) {
            Component component = Component.load(engine, Bytes.component()
                    .section(1, module(0x41, 7, 0x0b))
                    .section(Bytes.EXPORTS, 1, Bytes.of(0).name("m").then(0, 0x11, 0, 0))
                    .array());
            assertEquals(List.of("m"), List.copyOf(component.type().exports().keySet()));
            assertSame(ExternDesc.CoreModule.class, component.type().exports().get("m").getClass());
            assertSame(engine, component.engine());
        }
    }

    @Test
    void identicalModulesAreCompiledOnceWhereverTheyAre() {
        try (Engine engine = new PortableEngine(Optional.empty())) {
            Bytes inner = Bytes.component().section(1, module(0x41, 7, 0x0b));
            Component component = Component.load(engine, Bytes.component()
                    .section(1, module(0x41, 7, 0x0b))
                    .section(1, module(0x41, 8, 0x0b))
                    .section(4, inner)
                    .array());
            List<Definition> definitions = component.binary().definitions();
            CoreModule first = component.coreModule((Definition.CoreModule) definitions.get(0));
            CoreModule other = component.coreModule((Definition.CoreModule) definitions.get(1));
            Definition.Component nested = (Definition.Component) definitions.get(2);
            CoreModule same = component.coreModule(
                    (Definition.CoreModule) nested.binary().definitions().getFirst());
            assertSame(first, same);
            assertNotSame(first, other);
        }
    }

    @Test
    void anErrorInAFunctionsBodyIsFoundWhenItIsLoaded() {
        try (Engine engine = new PortableEngine(Optional.empty())) {
            byte[] component = Bytes.component().section(1, module(0x42, 7, 0x0b)).array();
            ModuleException error = assertThrows(ModuleException.class, () -> Component.load(engine, component));
            assertTrue(error.getMessage().endsWith(", in the core module at offset 0xa"), error.getMessage());
        }
    }
}
