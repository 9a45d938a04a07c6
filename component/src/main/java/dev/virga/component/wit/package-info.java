/** From the WIT model to component types. */
package dev.virga.component.wit;
