package dev.sealstream.devstack.demo;

/**
 * Size of a demo.
 *
 * @param rounds how many times the policy learns
 * @param passages training documents of each round; more make a step less noisy and slower
 * @param benchmark held-out documents every candidate is measured on; more narrow the standard errors
 * @param seed decides which documents are drawn; the same seed gives the same demo
 */
public record DemoSettings(int rounds, int passages, int benchmark, long seed) {

    public DemoSettings {
        atLeast("--rounds", rounds, 1);
        atLeast("--passages", passages, 1);
        // One document gives no standard error.
        atLeast("--benchmark", benchmark, 2);
    }

    private static void atLeast(String option, int found, int least) {
        if (found < least) {
            throw new IllegalArgumentException(option + " is " + found + ", allowed is " + least + " or more");
        }
    }
}
