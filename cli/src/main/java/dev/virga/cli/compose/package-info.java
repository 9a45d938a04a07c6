/** {@code virga compose}: makes one component of several. */
package dev.virga.cli.compose;
