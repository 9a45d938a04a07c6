/** {@code virga help}: the commands' help, and man pages out of it. */
package dev.virga.cli.help;
