package dev.sealstream.tinyworld;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Question;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sample documents about held-out people. Training and benchmark documents never share a person, whatever the seeds. */
public final class TinyWorldDocuments {
    private static final int FACTS_MIN = 5;
    private static final int FACTS_MAX = 7;

    private TinyWorldDocuments() {}

    /** Documents that teach the policy. Each is about another person. */
    public static List<TinyWorldDocument> training(long seed, int count) {
        return documents(seed, count, DataMode.TRAIN, Names.Group.TRAINING_DOCUMENTS);
    }

    /** Documents the policy is measured on. Each is about another person. */
    public static List<TinyWorldDocument> benchmark(long seed, int count) {
        return documents(seed, count, DataMode.BENCHMARK, Names.Group.BENCHMARK_DOCUMENTS);
    }

    private static List<TinyWorldDocument> documents(long seed, int count, DataMode mode, Names.Group group) {
        var draw = new Draw(seed * 31 + mode.ordinal());
        List<String> names = Names.all(group);
        if (count < 0 || count > names.size()) {
            throw new IllegalArgumentException("asked for " + count + " " + mode + " documents, the world has "
                    + names.size() + " names for them; ask for fewer");
        }
        var documents = new ArrayList<TinyWorldDocument>();
        for (String name : draw.sample(names, count)) {
            String id = "tiny-world-" + seed + "-" + mode.name().toLowerCase(Locale.ROOT) + "-" + documents.size();
            documents.add(document(id, mode, name, draw));
        }
        return List.copyOf(documents);
    }

    private static TinyWorldDocument document(String id, DataMode mode, String name, Draw draw) {
        Passage passage = Passage.draw(Person.draw(name, draw), draw.between(FACTS_MIN, FACTS_MAX), draw);
        var questions = new ArrayList<Question>();
        for (Relation relation : passage.relations()) {
            for (String question : Statements.evaluationQuestions(passage.person(), relation)) {
                questions.add(new Question(question, passage.person().fact(relation)));
            }
        }
        return new TinyWorldDocument(id, mode, passage, questions, SelfEditWriter.ideal(passage, draw));
    }
}
