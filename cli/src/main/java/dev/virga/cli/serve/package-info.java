/**
 * Serves HTTP: the server, and the component behind it. Knows nothing of commands and flags; whoever
 * starts it gives it values.
 */
package dev.virga.cli.serve;
