/** Composition: components plugged into each other make one. */
package dev.virga.component.compose;
