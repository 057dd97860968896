package dev.sealstream.console;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class NewDataFormTest {
    private static final String ADA = """
            {"title": "Ada", "context": "Ada lives in Ulm.",
             "questions": [{"question": "Where does Ada live?", "answer": "Ulm"}]}""";

    @Test
    void oneDocumentNeedsTitleContextAndQuestions() {
        var form = parse(ADA);

        assertThat(form.problems()).isEmpty();
        assertThat(form.documents()).singleElement().satisfies(document -> {
            assertThat(document.mode()).isEqualTo(DataMode.TRAIN);
            assertThat(document.promptStyle()).isEqualTo(PromptStyle.IMPLICATIONS);
            assertThat(document.lineage()).isEqualTo("main");
            assertThat(document.title()).isEqualTo("Ada");
            assertThat(document.questions()).containsExactly(new Question("Where does Ada live?", "Ulm"));
            assertThat(document.dataId()).matches("doc-[0-9a-f]{16}");
        });
    }

    @Test
    void everyFieldIsTaken() {
        var form = parse("""
                {"dataId": "ada-1", "mode": "ADAPT", "promptStyle": "SELF_QA", "lineage": "side", "title": "Ada",
                 "context": "Ada lives.", "questions": [{"question": "Who?", "answer": "Ada"}], "source": "a letter",
                 "groupSize": 7, "repeats": 2}""");

        assertThat(form.documents())
                .containsExactly(new NewData(
                        "ada-1",
                        DataMode.ADAPT,
                        PromptStyle.SELF_QA,
                        "side",
                        "Ada",
                        "Ada lives.",
                        List.of(new Question("Who?", "Ada")),
                        "a letter",
                        7,
                        2));
    }

    @Test
    void derivedIdFollowsTheContent() {
        String same = parse(ADA).documents().get(0).dataId();

        assertThat(parse(ADA).documents().get(0).dataId()).isEqualTo(same);
        assertThat(parse(ADA.replace("Ulm.", "Bern.")).documents().get(0).dataId())
                .isNotEqualTo(same);
        assertThat(parse(ADA.replace("{\"title", "{\"mode\": \"BENCHMARK\", \"title"))
                        .documents()
                        .get(0)
                        .dataId())
                .isNotEqualTo(same);
        assertThat(parse(ADA.replace("{\"title", "{\"source\": \"elsewhere\", \"title"))
                        .documents()
                        .get(0)
                        .dataId())
                .isEqualTo(same);
    }

    @Test
    void sizesOfTheGroupAreWholeNumbersWithinBoundsAndPartOfTheId() {
        String sized = ADA.replace("{\"title", "{\"groupSize\": 7, \"title");

        assertThat(parse(sized).documents().get(0).groupSize()).isEqualTo(7);
        assertThat(parse(sized).documents().get(0).dataId())
                .isNotEqualTo(parse(ADA).documents().get(0).dataId());
        assertThat(parse(sized.replace("7", "65")).problems())
                .containsExactly(new Problem(
                        "document.groupSize",
                        "65",
                        "a whole number from 1 to 64",
                        "use one of these, or leave it out to have the services' own number"));
        assertThat(parse(sized.replace("7", "1.5")).problems()).hasSize(1);
        assertThat(parse(sized.replace("7", "\"1\"")).problems()).hasSize(1);
    }

    @Test
    void listKeepsItsOrder() {
        var form = parse("[" + ADA.replace("Ada", "Eve") + "," + ADA + "]");

        assertThat(form.documents()).extracting(NewData::title).containsExactly("Eve", "Ada");
    }

    @Test
    void everyProblemOfEveryDocumentIsNamed() {
        var form = parse("""
                [{"titel": "x", "context": " ", "mode": "LEARN", "questions": []},
                 {"dataId": "a@1", "title": "t", "context": "c", "questions": [{"question": "Who?", "answer": ""}, 7]}]""");

        assertThat(form.documents()).isEmpty();
        assertThat(form.problems())
                .extracting(Problem::thing)
                .containsExactly(
                        "documents[0].titel",
                        "documents[0].mode",
                        "documents[0].title",
                        "documents[0].context",
                        "documents[0].questions",
                        "documents[1].questions[0].answer",
                        "documents[1].questions[1]",
                        "documents[1].dataId");
        assertThat(form.problems()).allSatisfy(problem -> {
            assertThat(problem.value()).isNotBlank();
            assertThat(problem.allowed()).isNotBlank();
            assertThat(problem.remedy()).isNotBlank();
        });
        assertThat(form.problems().get(1))
                .isEqualTo(new Problem(
                        "documents[0].mode",
                        "\"LEARN\"",
                        "TRAIN, ADAPT, BENCHMARK, MEASURE",
                        "use one of these, or leave it out to have TRAIN"));
    }

    @Test
    void whatIsLearntForGoodMayComeWithoutQuestions() {
        String bare = "{\"mode\": \"ADAPT\", \"title\": \"Ada\", \"context\": \"Ada lives in Ulm.\"}";

        assertThat(parse(bare).documents().get(0).questions()).isEmpty();
        assertThat(parse(bare.replace("}", ", \"questions\": []}"))
                        .documents()
                        .get(0)
                        .questions())
                .isEmpty();
        assertThat(parse(bare.replace("}", ", \"questions\": \"none\"}")).problems())
                .extracting(Problem::thing)
                .containsExactly("document.questions");
        assertThat(parse(bare.replace("ADAPT", "TRAIN")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("only mode ADAPT does without"));
    }

    @Test
    void oneBadDocumentRefusesTheWholeRequest() {
        var form = parse("[" + ADA + ", {}]");

        assertThat(form.documents()).isEmpty();
        assertThat(form.problems()).extracting(Problem::thing).allMatch(thing -> thing.startsWith("documents[1]"));
    }

    @Test
    void tooLongContextIsNamedWithItsLength() {
        var form = parse(ADA.replace("Ada lives in Ulm.", "x".repeat(NewData.CONTEXT_CHARACTERS_MAX + 1)));

        assertThat(form.problems())
                .extracting(Problem::value)
                .containsExactly((NewData.CONTEXT_CHARACTERS_MAX + 1) + " characters");
    }

    @Test
    void sameDocumentTwiceIsRefused() {
        assertThat(parse("[" + ADA + "," + ADA + "]").problems())
                .extracting(Problem::remedy)
                .containsExactly("drop the repeated document or give it a dataId of its own");
    }

    @Test
    void textThatIsNoJsonIsRefusedWithItsPlace() {
        assertThat(parse("{\"title\": ").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.thing()).isEqualTo("body");
            assertThat(problem.remedy()).contains("line 1");
        });
        assertThat(parse("").problems()).hasSize(1);
        assertThat(parse("7").problems()).hasSize(1);
        assertThat(parse("[7]").problems()).extracting(Problem::thing).containsExactly("documents[0]");
    }

    @Test
    void listHasABound() {
        assertThat(NewDataForm.parse("[" + ADA + "," + ADA + "]", 1).problems())
                .extracting(Problem::allowed)
                .containsExactly("1 to 1 documents");
        assertThat(parse("[]").problems()).extracting(Problem::value).containsExactly("a list of 0 documents");
    }

    private static NewDataForm parse(String body) {
        return NewDataForm.parse(body, 10);
    }
}
