package dev.sealstream.domain;

/**
 * One adapter that is to be trained.
 *
 * @param selfEditId what it is to learn
 * @param repeat number of the repeat, from 0; decides the random numbers it starts from
 */
public record UpdateWanted(String selfEditId, int repeat) {
    public UpdateWanted {
        Require.nonBlank("selfEditId", selfEditId);
        Require.atLeast("repeat", repeat, 0);
    }
}
