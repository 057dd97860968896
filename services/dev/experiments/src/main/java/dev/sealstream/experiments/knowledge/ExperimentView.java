package dev.sealstream.experiments.knowledge;

import java.util.List;

/** Told how an experiment goes on. */
public interface ExperimentView {
    /** For runs that nobody watches. */
    ExperimentView SILENT = new ExperimentView() {
        @Override
        public void begun(List<Phase> phases) {}

        @Override
        public void progress(List<Phase> phases) {}
    };

    /** What an earlier start of the same run has done already; called once. */
    void begun(List<Phase> phases);

    /** Called several times a second. */
    void progress(List<Phase> phases);
}
