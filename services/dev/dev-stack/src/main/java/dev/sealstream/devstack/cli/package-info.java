/**
 * The {@code seal} command line: arguments in, plain lines out, exit code 0, 1 or 2.
 *
 * <p>Only here is anything printed. What a command does beyond reading its arguments belongs in a room of its own.
 */
package dev.sealstream.devstack.cli;
