package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.sealstream.languagemodel.torchscript.TorchScriptModule;

import java.util.List;

/** The decoder's TorchScript code, compiled once per process; it has no state. */
final class DecoderScript {
    /** Only this engine is on the class path, but name it so that a second one cannot be picked by accident. */
    static final String ENGINE = "PyTorch";

    private static final NDManager MANAGER = NDManager.newBaseManager(ENGINE);
    private static final TorchScriptModule MODULE = TorchScriptModule.compile(
            MANAGER, "Decoder", "decoder", List.of("transformer", "generation", "adapter_training", "full_training"));

    private DecoderScript() {}

    /** Calls a method of {@code decoder.py}; results belong to {@code manager}. */
    static NDList call(NDManager manager, String method, Object... arguments) {
        return MODULE.call(manager, method, arguments);
    }
}
