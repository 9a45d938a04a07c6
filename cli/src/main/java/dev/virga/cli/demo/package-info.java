/** {@code virga demo}: a host with a workload on it, to look at. */
package dev.virga.cli.demo;
