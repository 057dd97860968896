package dev.sealstream.domain;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The weights of one version are in the artifact store as a whole, so that nobody has to add up the deltas on the way to it.
 * Says nothing new: the same weights follow from the checkpoint log.
 *
 * @param version the version, 1 or more
 * @param weightsHash hash chain of the version; what a snapshot is looked up by
 * @param files by name: a model in Hugging Face's layout whose weights are the base model's and the merged deltas' sum in float32,
 *     not rounded to anything shorter
 * @param beside versions on the way to this one whose deltas are not in the files, since they are kept beside the weights; oldest
 *     first
 */
public record SnapshotTaken(
        String lineage, long version, String weightsHash, Map<String, ArtifactReference> files, List<Long> beside) {
    /** A name becomes a file of a directory and must not lead out of it. */
    private static final String FILE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    public SnapshotTaken {
        Require.nonBlank("lineage", lineage);
        if (weightsHash == null || !weightsHash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("snapshot of version " + version + " of lineage " + lineage
                    + " has weightsHash '" + weightsHash + "'; allowed: 64 lower-case hexadecimal digits");
        }
        if (version < 1) {
            throw new IllegalArgumentException(
                    "snapshot of lineage " + lineage + " is of version " + version + "; allowed: 1 or more");
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "snapshot of version " + version + " of lineage " + lineage + " has no files; allowed: 1 or more");
        }
        for (String name : files.keySet()) {
            if (!name.matches(FILE_NAME)) {
                throw new IllegalArgumentException(
                        "snapshot of version " + version + " of lineage " + lineage + " has a file '" + name
                                + "'; allowed: letters, digits, '.', '_' and '-', a letter or digit first");
            }
        }
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        beside = List.copyOf(beside);
    }

    /** SHA-256 of every file. */
    public Set<String> hashes() {
        var hashes = new HashSet<String>();
        files.values().forEach(file -> hashes.add(file.sha256()));
        return hashes;
    }

    /** Size of all files. */
    public long bytes() {
        return files.values().stream().mapToLong(ArtifactReference::bytes).sum();
    }
}
