/** {@code virga bench}: measures, compares, and writes reports. */
package dev.virga.cli.bench;
