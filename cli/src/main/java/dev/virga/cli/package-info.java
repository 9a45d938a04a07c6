/** The {@code virga} command. */
package dev.virga.cli;
