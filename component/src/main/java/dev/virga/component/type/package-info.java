/** Resolved component types: what components, instances, functions and values look like. */
package dev.virga.component.type;
