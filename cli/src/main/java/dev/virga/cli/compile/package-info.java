/** {@code virga compile}: compiles components before they are used. */
package dev.virga.cli.compile;
