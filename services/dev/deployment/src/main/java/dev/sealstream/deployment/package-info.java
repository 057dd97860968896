/**
 * What runs outside this repository's own launcher: who may do what on the broker, and the manifests that follow from code.
 *
 * <p>The tests hold images, {@code docker-compose.yml} and {@code k8s/} against the code they deploy. Stays out: whatever
 * a service needs to run.
 */
package dev.sealstream.deployment;
