/** The public API: load a component, link it to what the host offers, instantiate it, call it. */
package dev.virga.component;
