/** Where a run keeps what it found, and what it takes to do it again: settings, seeds, code, weights. */
package dev.sealstream.experiments.run;
