package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.languagemodel.FullTraining;
import dev.sealstream.languagemodel.TokenScores;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.tinyworld.Draw;
import dev.sealstream.tinyworld.Passage;
import dev.sealstream.tinyworld.Relation;
import dev.sealstream.tinyworld.SelfEditWriter.Form;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fixed clean self-edits about held-out people: how often is the next value the one the passage tells? */
final class ReadingProbe {
    private static final int PASSAGES = 48;
    private static final long SEED = 5;

    private final List<TrainingSequence> sequences = new ArrayList<>();
    private final Set<Integer> values;

    ReadingProbe(Texts texts, Set<Integer> values) {
        this.values = values;
        var draw = new Draw(SEED);
        for (TinyWorldDocument document : TinyWorldDocuments.benchmark(SEED, PASSAGES)) {
            sequences.add(texts.selfEdit(document.passage(), lines(document.passage(), draw)));
        }
    }

    private static List<String> lines(Passage passage, Draw draw) {
        var lines = new ArrayList<String>();
        for (Relation relation : draw.shuffled(passage.relations())) {
            Form form = draw.from(List.of(Form.values()));
            lines.add(form.line(passage.person(), relation, passage.person().fact(relation), draw));
        }
        return lines;
    }

    double accuracy(FullTraining training) {
        int asked = 0;
        int right = 0;
        List<TokenScores> scores =
                training.score(sequences.stream().map(TrainingSequence::tokens).toList());
        for (int i = 0; i < sequences.size(); i++) {
            int[] tokens = sequences.get(i).tokens();
            for (int t = sequences.get(i).promptLength(); t < tokens.length; t++) {
                if (values.contains(tokens[t])) {
                    asked++;
                    right += scores.get(i).best()[t] ? 1 : 0;
                }
            }
        }
        return (double) right / asked;
    }
}
