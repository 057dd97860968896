package dev.sealstream.devstack.events;

import dev.sealstream.devstack.StackAddresses;
import dev.sealstream.eventstreaming.EventVerifier;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.RegistryAccess;

/**
 * How a command reaches broker and registry of a stack, proves there who it is, and whose checkpoints it goes by.
 *
 * @param checkpoints whose signatures make a decision count
 */
public record StackConnection(KafkaSettings kafka, RegistryAccess registry, EventVerifier checkpoints) {

    /** To a stack that asks nobody who he is and signs nothing. */
    public static StackConnection open(StackAddresses addresses) {
        String registry = addresses.registryUrl().toString();
        return new StackConnection(
                KafkaSettings.of(addresses.bootstrapServers(), registry),
                RegistryAccess.anonymous(registry),
                EventVerifier.NONE);
    }
}
