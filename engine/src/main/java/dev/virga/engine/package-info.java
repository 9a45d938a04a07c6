/** Core WebAssembly: modules, instances, externs, traps. */
package dev.virga.engine;
