package dev.sealstream.evaluator;

import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.policymodel.Benchmark;
import dev.sealstream.policymodel.Divergence;
import dev.sealstream.policymodel.InnerLoop;
import dev.sealstream.policymodel.SamplingSettings;
import dev.sealstream.policymodel.SelfEditSampler;
import dev.sealstream.workerruntime.ExamConfig;
import dev.sealstream.workerruntime.InnerLoopConfig;
import dev.sealstream.workerruntime.LabelFreeConfig;
import dev.sealstream.workerruntime.PromptConfig;
import dev.sealstream.workerruntime.SamplingConfig;
import dev.sealstream.workerruntime.WorkerRuntime;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Wires the service: updates in, outcomes or wanted repeats out; candidates in, benchmark measurements out; releases in, now and
 * then a snapshot out.
 */
@Singleton
class Evaluator {
    void start(
            @Observes StartupEvent event,
            WorkerRuntime runtime,
            SamplingConfig sampling,
            PromptConfig prompt,
            InnerLoopConfig innerLoopConfig,
            ExamConfig examConfig,
            GraderConfig grader,
            JudgeConfig judge,
            LabelFreeConfig labelFreeConfig,
            EvaluatorConfig config) {
        var exam = grader.exam(examConfig.answerTokensMax(), prompt.form(), () -> runtime.closedAtEnd(judge.judge()));
        var models = runtime.loadModel();
        var sampler = new SelfEditSampler(
                new SamplingSettings(
                        config.benchmarkSamples(), sampling.temperature(), sampling.topP(), sampling.tokensMax()),
                prompt.form());
        var labelFree = labelFreeConfig.questions(sampling, examConfig, prompt);
        var innerLoop = new InnerLoop(innerLoopConfig.settings());
        var benchmark = new Benchmark(sampler, innerLoop, exam, config.benchmarkSamples());
        var candidates = new CandidatePipeline(
                models,
                new SentData(runtime.newDataLog()::readNew, sampler, datum -> labelFree.about(models.base(), datum)),
                benchmark,
                config.knowledgeBenchmarkDocuments(),
                new StagedBenchmark(config.firstDocuments(), config.promisingStandardErrors()),
                new KnowledgeExam(exam, config.earlierData(), config.answersShown()),
                new Divergence(prompt.form()));
        runtime.run("evaluator", Topics.UPDATES, new EvaluationPipeline(models, exam, config.repeatRule()));
        runtime.run("evaluator-benchmarks", Topics.CANDIDATES, candidates);
        runtime.run("snapshots", Topics.CHECKPOINTS, new SnapshotPipeline(runtime.snapshotWriter(models)));
    }
}
