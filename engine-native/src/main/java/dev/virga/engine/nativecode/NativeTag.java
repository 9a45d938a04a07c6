package dev.virga.engine.nativecode;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;

/** An exception tag; each has a number of its own, by which generated code knows it. */
record NativeTag(FuncType type, NativeStore store, long number) implements Extern.Tag {}
