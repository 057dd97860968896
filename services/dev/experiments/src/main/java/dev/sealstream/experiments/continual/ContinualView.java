package dev.sealstream.experiments.continual;

/** Is told how far the experiment is. */
public interface ContinualView {
    /**
     * @param decided documents whose learning has ended
     * @param all documents
     */
    void progress(int decided, int all);
}
