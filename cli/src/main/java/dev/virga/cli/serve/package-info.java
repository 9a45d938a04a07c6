/** {@code virga serve}: a component behind the HTTP server of {@code dev.virga.ingress}. */
package dev.virga.cli.serve;
