/**
 * The whole system on a real broker and registry, each service a process of its own.
 *
 * <p>Stays out: anything that a plain test in a module can show.
 */
package dev.sealstream.integrationtests;
