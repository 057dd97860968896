/**
 * Improves the policy: takes one outer-loop step for each round of completed rollout groups and proposes the result.
 *
 * <p>Stays out: releasing it.
 */
package dev.sealstream.policytrainer;
