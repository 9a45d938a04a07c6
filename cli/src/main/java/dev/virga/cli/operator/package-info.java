/** {@code virga operator}. */
package dev.virga.cli.operator;
