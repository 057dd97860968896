package dev.sealstream.domain;

/** Ids are derived, never drawn, so the same input on the same version gives the same ids. */
public final class Ids {
    private Ids() {}

    public static String rolloutGroup(String dataId, long policyVersion) {
        return dataId + "@" + policyVersion;
    }

    /**
     * A further group for the same datum on the same version, whose self-edits a client wrote. Its outcomes and rewards
     * are the datum's, and its inner loop starts from the same random numbers as the datum's own group.
     *
     * @param name what tells it from the datum's other groups, for example {@code passage-only}
     */
    public static String writtenGroup(String dataId, long policyVersion, String name) {
        return rolloutGroup(dataId, policyVersion) + "/" + name;
    }

    /** @param index position in the group, from 0 */
    public static String selfEdit(String rolloutGroupId, int index) {
        return rolloutGroupId + "#" + index;
    }

    /** @param repeat number of the repeated update, from 0 */
    public static String update(String selfEditId, int repeat) {
        return selfEditId + "/" + repeat;
    }

    /** @param roundHash hex SHA-256 over the round's rollout group ids, in order */
    public static String policyCandidate(String lineage, long parentVersion, String roundHash) {
        return lineage + "@" + parentVersion + "+policy-" + roundHash.substring(0, 12);
    }

    public static String knowledgeCandidate(String lineage, long parentVersion, String selfEditId) {
        return lineage + "@" + parentVersion + "+knowledge-" + selfEditId;
    }
}
