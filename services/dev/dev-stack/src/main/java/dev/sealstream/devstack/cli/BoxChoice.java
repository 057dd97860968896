package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.StackAddresses;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.eventstreaming.DeadLetterBox;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.TransientFaultException;
import picocli.CommandLine.Mixin;

import java.util.function.Function;

/** Options of commands about the dead letters of a running stack. */
final class BoxChoice {

    @Mixin
    private StackChoice stack;

    /** Opens the dead letters of the topic for the work. */
    <T> T open(Topic<?> topic, Function<DeadLetterBox, T> work) throws InterruptedException {
        try (var box = new DeadLetterBox(kafka(), topic)) {
            return work.apply(box);
        } catch (TransientFaultException away) {
            throw new StackException(away.getMessage(), away);
        }
    }

    /** Opens what decodes records for the work. */
    <T> T decode(Function<EventCodec, T> work) throws InterruptedException {
        try (var codec = new EventCodec(kafka().registryUrl())) {
            return work.apply(codec);
        } catch (TransientFaultException away) {
            throw new StackException(away.getMessage(), away);
        }
    }

    private KafkaSettings kafka() throws InterruptedException {
        StackAddresses addresses = stack.addresses();
        return KafkaSettings.of(
                addresses.bootstrapServers(), addresses.registryUrl().toString());
    }
}
