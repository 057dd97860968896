package dev.sealstream.evaluator;

import dev.sealstream.domain.AnswerPair;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.KnowledgeScore;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Seeds;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.policymodel.Exam;
import dev.sealstream.policymodel.Sitting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks the bare model about a candidate's own datum and about a sample of what the lineage learnt before. */
final class KnowledgeExam {
    private final Exam exam;
    private final int earlierMost;
    private final int answersMost;

    /**
     * @param earlierMost most data learnt earlier to ask about
     * @param answersMost most answers to show a person
     */
    KnowledgeExam(Exam exam, int earlierMost, int answersMost) {
        this.exam = exam;
        this.earlierMost = earlierMost;
        this.answersMost = answersMost;
    }

    /**
     * The data to ask about: the candidate's own first, then a sample of those learnt before, drawn by a hash of candidate and
     * datum, so that each candidate meets another sample and a repeated measurement the same one.
     *
     * @param lessons what the head has learnt for good
     */
    List<NewData> data(CandidateProposed candidate, NewData own, List<Lesson> lessons, SentData sent) {
        var data = new ArrayList<NewData>();
        Optional.ofNullable(own).ifPresent(data::add);
        lessons.stream()
                .map(Lesson::dataId)
                .distinct()
                .filter(dataId -> own == null || !dataId.equals(own.dataId()))
                .sorted(Comparator.comparingLong(
                        (String dataId) -> Seeds.of("earlier data/" + candidate.candidateId() + "/" + dataId)))
                .flatMap(dataId -> sent.toLearn(dataId).stream())
                .filter(datum -> !datum.questions().isEmpty())
                .limit(earlierMost)
                .forEach(data::add);
        return data;
    }

    /** One sitting for each datum, in order. */
    List<Sitting> sit(LanguageModel model, List<NewData> data) {
        if (data.isEmpty()) {
            return List.of();
        }
        return exam.sit(
                model,
                data.stream()
                        .map(datum -> new Exam.Candidate(datum, Prompt.NO_ADAPTER))
                        .toList(),
                List.of());
    }

    static List<KnowledgeScore> scores(List<NewData> data, List<Sitting> sittings) {
        var scores = new ArrayList<KnowledgeScore>();
        for (int i = 0; i < data.size(); i++) {
            scores.add(new KnowledgeScore(
                    data.get(i).dataId(),
                    sittings.get(i).accuracy().doubleValue(),
                    data.get(i).labelFree()));
        }
        return scores;
    }

    /** The first answers, own datum first. */
    List<AnswerPair> answers(List<NewData> data, List<Sitting> before, List<Sitting> after) {
        var pairs = new ArrayList<AnswerPair>();
        for (int i = 0; i < data.size(); i++) {
            for (int q = 0; q < before.get(i).answers().size() && pairs.size() < answersMost; q++) {
                GradedAnswer was = before.get(i).answers().get(q);
                GradedAnswer is = after.get(i).answers().get(q);
                pairs.add(new AnswerPair(
                        data.get(i).dataId(),
                        was.question(),
                        was.expected(),
                        was.answer(),
                        is.answer(),
                        data.get(i).questions().get(q).labelFree()));
            }
        }
        return pairs;
    }
}
