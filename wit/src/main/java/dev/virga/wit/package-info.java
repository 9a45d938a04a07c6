/**
 * WIT, the text format of component interfaces (WIT.md): its model, made of resolved immutable
 * records, a parser and resolver, and a printer.
 */
package dev.virga.wit;
