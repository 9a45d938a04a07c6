/** Validation of components, and the resolution of their types. */
package dev.virga.component.validation;
