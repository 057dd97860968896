package dev.sealstream.policymodel;

import dev.sealstream.domain.Seeds;
import dev.sealstream.domain.TrainingRound;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.TrainedAdapter;
import dev.sealstream.languagemodel.TrainingSettings;

import java.util.List;

/**
 * ReST-EM's outer loop: supervised training of the policy on the self-edits that were worth most.
 *
 * <p>Source: SEAL, arXiv 2506.10943, section 3.1 and Algorithm 1; loss on the completion's tokens only.
 */
public final class PolicyTraining {
    private final LoraSettings lora;
    private final TrainingSettings training;

    public PolicyTraining(LoraSettings lora, TrainingSettings training) {
        this.lora = lora;
        this.training = training;
    }

    /** @param round must have selected at least one self-edit */
    public TrainedAdapter step(HeldModel policy, TrainingRound round) {
        var text = new PromptTokens(policy.model());
        var examples = round.selected().stream()
                .map(example -> {
                    int[] sampled = example.member().selfEdit().tokens();
                    // Without tokens the text was written elsewhere; then its own tokenisation is what to learn.
                    int[] completion = sampled.length > 0 ? sampled : text.encode(example.completion());
                    return text.example(example.prompt(), completion);
                })
                .toList();
        var task = new AdapterTask(round.hash(), Seeds.of("outer-loop/" + round.hash()), examples);
        return policy.model().trainAdapters(List.of(task), lora, training).get(0);
    }
}
