/** {@code virga completion}: scripts for shells, out of the same model as the commands' help. */
package dev.virga.cli.completion;
