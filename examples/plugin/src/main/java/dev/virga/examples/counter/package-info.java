/** A plugin to start from: {@code example:counter}, kept in memory. */
package dev.virga.examples.counter;
