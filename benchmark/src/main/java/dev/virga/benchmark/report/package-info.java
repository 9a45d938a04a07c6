/** What was measured: its model, how it is written, and what two of them differ in. */
package dev.virga.benchmark.report;
