/** {@code virga new}, {@code build} and {@code dev}: from an idea to a component that runs. */
package dev.virga.cli.project;
