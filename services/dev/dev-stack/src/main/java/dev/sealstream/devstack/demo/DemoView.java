package dev.sealstream.devstack.demo;

/** Told how a demo goes on. */
public interface DemoView {

    void roundStarted(int number, int documents);

    /** Called several times a second while a round runs. */
    void progress(RoundProgress round, double secondsInRound);

    void roundEnded(RoundReport round);
}
