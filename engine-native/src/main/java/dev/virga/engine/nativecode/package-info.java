/** The engine that compiles to machine code and runs it on stacks of its own. */
package dev.virga.engine.nativecode;
