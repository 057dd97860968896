package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.languagemodel.Tokenizer;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.tinyworld.Names;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class CorpusTest {
    private static final Phase READING = Phase.growth(.5);
    private static final Phase IMITATION = Phase.growth(.9);

    private final Tokenizer tokenizer =
            Tokenizer.of(TokenizerFile.json(new Vocabulary()), TinyModelConfig.BOS_ID, TinyModelConfig.EOS_ID);
    private final Texts texts = new Texts(tokenizer);

    @Test
    void theSameSeedGivesTheSameText() {
        assertThat(everything(new Corpus(texts, 3))).isEqualTo(everything(new Corpus(texts, 3)));
        assertThat(everything(new Corpus(texts, 3))).isNotEqualTo(everything(new Corpus(texts, 4)));
    }

    @Test
    void nobodyWhoIsHeldOutIsEverMentioned() {
        var heldOut = new HashSet<String>();
        heldOut.addAll(Names.all(Names.Group.TRAINING_DOCUMENTS));
        heldOut.addAll(Names.all(Names.Group.BENCHMARK_DOCUMENTS));

        for (String text : everything(new Corpus(texts, 3))) {
            assertThat(text.split("\\W+")).noneMatch(heldOut::contains);
        }
    }

    @Test
    void sequencesAreFramedAndTheirPromptEndsTheLine() {
        var corpus = new Corpus(texts, 3);
        var sequences = new ArrayList<TrainingSequence>(corpus.documents(READING));
        sequences.addAll(corpus.documents(IMITATION));
        sequences.addAll(corpus.statements(READING));
        sequences.addAll(corpus.questions(READING));
        sequences.addAll(corpus.plainPassages(8));

        assertThat(sequences).allSatisfy(sequence -> {
            int[] tokens = sequence.tokens();
            assertThat(tokens[0]).isEqualTo(TinyModelConfig.BOS_ID);
            assertThat(tokens[tokens.length - 1]).isEqualTo(TinyModelConfig.EOS_ID);
            String prompt = tokenizer.decode(
                    IntStream.of(tokens).limit(sequence.promptLength()).toArray());
            assertThat(prompt).endsWith("\n");
            assertThat(tokens.length).isLessThan(TinyModelConfig.of(1).maxPositions());
        });
    }

    @Test
    void evaluationQuestionsAreAskedClosedBookOnly() {
        Pattern asked =
                Pattern.compile("Which|In which|At what|To which|From what|What (creature|present|does|is not)");
        var corpus = new Corpus(texts, 3);

        assertThat(text(corpus.questions(READING)))
                .allMatch(text -> asked.matcher(text).find());
        assertThat(text(corpus.documents(IMITATION)))
                .noneMatch(text -> asked.matcher(text).find());
        assertThat(text(corpus.statements(IMITATION)))
                .noneMatch(text -> asked.matcher(text).find());
    }

    private List<String> everything(Corpus corpus) {
        var sequences = new ArrayList<TrainingSequence>();
        for (int i = 0; i < 5; i++) {
            sequences.addAll(corpus.documents(READING));
            sequences.addAll(corpus.documents(IMITATION));
            sequences.addAll(corpus.statements(READING));
            sequences.addAll(corpus.questions(READING));
            sequences.addAll(corpus.plainPassages(8));
            corpus.rotate(1);
        }
        return text(sequences);
    }

    private List<String> text(List<TrainingSequence> sequences) {
        return sequences.stream()
                .map(sequence -> tokenizer.decode(sequence.tokens()))
                .toList();
    }
}
