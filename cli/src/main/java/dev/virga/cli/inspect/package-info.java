/** {@code virga inspect}: says what a component is made of and what it would need. */
package dev.virga.cli.inspect;
