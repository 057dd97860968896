/**
 * The demo: sample documents go in, rounds of learning come out, and a table says what they were worth.
 *
 * <p>A client of the topics like any other: it produces documents and reads events. It reaches into no service and
 * computes nothing but means and standard errors of what the evaluator measured. It prints nothing; the command line
 * watches it through {@link dev.sealstream.devstack.demo.DemoView}.
 */
package dev.sealstream.devstack.demo;
