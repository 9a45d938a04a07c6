/** Where the bytes of linear memories come from, for all engines. */
package dev.virga.engine.memory;
