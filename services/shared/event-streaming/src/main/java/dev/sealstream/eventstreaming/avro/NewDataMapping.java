package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;

/** {@code seal.new-data}. */
final class NewDataMapping implements AvroMapping<NewData, dev.sealstream.events.NewData> {
    @Override
    public Class<NewData> eventType() {
        return NewData.class;
    }

    @Override
    public Class<dev.sealstream.events.NewData> recordType() {
        return dev.sealstream.events.NewData.class;
    }

    @Override
    public dev.sealstream.events.NewData toAvro(NewData datum) {
        return avro(datum);
    }

    @Override
    public NewData toDomain(dev.sealstream.events.NewData avro) {
        return domain(avro);
    }

    static dev.sealstream.events.NewData avro(NewData datum) {
        return dev.sealstream.events.NewData.newBuilder()
                .setDataId(datum.dataId())
                .setMode(mode(datum.mode()))
                .setPromptStyle(dev.sealstream.events.PromptStyle.valueOf(
                        datum.promptStyle().name()))
                .setLineage(datum.lineage())
                .setTitle(datum.title())
                .setContext(datum.context())
                .setQuestions(datum.questions().stream()
                        .map(question -> dev.sealstream.events.Question.newBuilder()
                                .setQuestion(question.question())
                                .setAnswer(question.answer())
                                .setTopic(question.topic())
                                .setVoteShare(question.voteShare())
                                .build())
                        .toList())
                .setSource(datum.source())
                .setGroupSize(datum.groupSize())
                .setRepeats(datum.repeats())
                .build();
    }

    static NewData domain(dev.sealstream.events.NewData avro) {
        return new NewData(
                avro.getDataId(),
                mode(avro.getMode()),
                PromptStyle.valueOf(avro.getPromptStyle().name()),
                avro.getLineage(),
                avro.getTitle(),
                avro.getContext(),
                avro.getQuestions().stream()
                        .map(question -> new Question(
                                question.getQuestion(),
                                question.getAnswer(),
                                question.getTopic(),
                                question.getVoteShare()))
                        .toList(),
                avro.getSource(),
                avro.getGroupSize(),
                avro.getRepeats());
    }

    static dev.sealstream.events.DataMode mode(DataMode mode) {
        return dev.sealstream.events.DataMode.valueOf(mode.name());
    }

    static DataMode mode(dev.sealstream.events.DataMode avro) {
        return DataMode.valueOf(avro.name());
    }
}
