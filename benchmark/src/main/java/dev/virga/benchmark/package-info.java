/** Figures of a component, of a host and of a server beside it, and their report. */
package dev.virga.benchmark;
