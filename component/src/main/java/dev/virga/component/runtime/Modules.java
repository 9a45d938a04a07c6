package dev.virga.component.runtime;

import dev.virga.component.binary.Definition;
import dev.virga.engine.CoreModule;

/** Finds the compiled module of a definition. */
@FunctionalInterface
public interface Modules {
    CoreModule of(Definition.CoreModule definition);
}
