/** {@code ./seal experiment}: arguments in, lines out, exit code 0, 1 or 2. Only here is anything printed. */
package dev.sealstream.experiments.cli;
