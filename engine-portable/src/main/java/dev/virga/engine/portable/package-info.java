/**
 * The pure-Java engine: Endive parses, validates and compiles modules to Java classes; memory,
 * calls, tables, traps, limits and the cache are here. Only {@link
 * dev.virga.engine.portable.PortableEngine} is meant for users.
 */
package dev.virga.engine.portable;
