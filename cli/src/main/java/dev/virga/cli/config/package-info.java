/** {@code virga config}: what holds here, and where it comes from. */
package dev.virga.cli.config;
