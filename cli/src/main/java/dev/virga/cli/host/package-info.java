/** {@code virga host}, and the commands that tell it what to run and ask how that fares. */
package dev.virga.cli.host;
