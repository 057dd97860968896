/**
 * A fictional micro-world, small enough that a model of under a million weights can live in it.
 *
 * <p>People have facts; passages state some of them; self-edits restate them well or badly; questions ask for them in
 * words that no passage and no self-edit uses. Whether a line of text is right can be decided exactly, and people who
 * are documents were never seen in pre-training, so a right closed-book answer can only come from learning.
 *
 * <p>Everything here is a function of the seed passed in. What must stay out: model mathematics (language-model), how
 * the loop is run (the services), and anything a deployed service needs: this module is for development and demonstration.
 */
package dev.sealstream.tinyworld;
