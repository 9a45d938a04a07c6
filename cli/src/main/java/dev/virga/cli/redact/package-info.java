/** {@code virga redact}: masks what must not be shared. */
package dev.virga.cli.redact;
