/**
 * Between WIT and components: the component types of what WIT declares, the WIT of a component, and
 * packages that are encoded as components.
 */
package dev.virga.component.wit;
