/** {@code virga doctor}: what is wrong here, and the command that fixes it. */
package dev.virga.cli.doctor;
