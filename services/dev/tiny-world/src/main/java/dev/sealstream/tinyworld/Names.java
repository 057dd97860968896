package dev.sealstream.tinyworld;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Names of two syllables, each in exactly one group. The group follows from a hash of the name alone, so that
 * pre-training, training documents and benchmark documents can never share a person, whatever the seeds.
 */
public final class Names {
    /** Who a name is for. */
    public enum Group {
        PRETRAINING,
        TRAINING_DOCUMENTS,
        BENCHMARK_DOCUMENTS
    }

    /** None of them is a word of the world, so a name is never mistaken for one. */
    public static final List<String> SYLLABLES = List.of(
            ("bal bel bou bri bur dar dei dol drei dru fen fom gae gel gor gri ka kel kem kor kres kri lek lin lou"
                            + " lur ma mau mer mir mos nae nam nel pol pru re rei ris ron sa sel sho sim ska sko sta stor su"
                            + " tael tei tha thi tor tra tros va vei vor vul za zei zim zor")
                    .split(" "));

    private Names() {}

    public static Group groupOf(String name) {
        var hash = new CRC32();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        long digit = hash.getValue() % 10;
        return digit == 9 ? Group.BENCHMARK_DOCUMENTS : digit == 8 ? Group.TRAINING_DOCUMENTS : Group.PRETRAINING;
    }

    /** Every name of a group, in alphabetical order of the syllables. */
    public static List<String> all(Group group) {
        var names = new ArrayList<String>();
        for (String first : SYLLABLES) {
            for (String second : SYLLABLES) {
                String name = capitalised(first) + second;
                if (groupOf(name) == group) {
                    names.add(name);
                }
            }
        }
        return List.copyOf(names);
    }

    public static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
