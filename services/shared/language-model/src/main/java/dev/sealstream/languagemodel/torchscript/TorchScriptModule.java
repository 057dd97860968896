package dev.sealstream.languagemodel.torchscript;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * TorchScript source, compiled, whose methods can be called from any thread.
 *
 * <p>The module has no state: every tensor is an argument. Closing it frees the compiled code, not any tensor.
 */
public final class TorchScriptModule implements AutoCloseable {
    private static final ThreadLocal<Boolean> THREAD_PREPARED = ThreadLocal.withInitial(() -> false);

    private final PtSymbolBlock block;
    private final NativeMethods natives = NativeMethods.find();

    private TorchScriptModule(PtSymbolBlock block) {
        this.block = block;
    }

    /**
     * Compiles a module from this package's resources.
     *
     * @param moduleClass the class in {@code <moduleResource>.py} that extends Module
     * @param functionResources names of further files, each a namespace of functions
     */
    public static TorchScriptModule compile(
            NDManager manager, String moduleClass, String moduleResource, List<String> functionResources) {
        Map<String, String> functions = new TreeMap<>();
        functionResources.forEach(name -> functions.put(name, resource(name)));
        byte[] archive = TorchScriptArchive.of(moduleClass, resource(moduleResource), functions);
        prepareThread();
        try {
            return new TorchScriptModule(
                    JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), true, false));
        } catch (IOException e) {
            throw new UncheckedIOException("reading a TorchScript archive from memory", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = TorchScriptModule.class.getResourceAsStream(name + ".py")) {
            if (in == null) {
                throw new IllegalStateException(
                        "resource " + name + ".py is missing beside " + TorchScriptModule.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading resource " + name + ".py", e);
        }
    }

    /**
     * Calls a method; the results belong to {@code manager}.
     *
     * @param arguments NDArray (Tensor), List of NDArray (List[Tensor]), Integer or Long (int), Double (float), Boolean
     *     (bool), long[] (List[int]), double[] (List[float])
     * @return the tensor, or the tensors of the list, that the method returns
     * @throws TorchScriptException if libtorch reports an error
     */
    public NDList call(NDManager manager, String method, Object... arguments) {
        prepareThread();
        List<IValue> values = new ArrayList<>(arguments.length);
        try {
            for (Object argument : arguments) {
                values.add(value(argument));
            }
            long[] handles = values.stream().mapToLong(IValue::getHandle).toArray();
            try (IValue result = natives.run(block.getHandle(), method, handles)) {
                return result.toNDList((PtNDManager) manager);
            }
        } finally {
            values.forEach(IValue::close);
        }
    }

    /** libtorch keeps this switch per thread; with it on, every new shape is profiled and compiled again. */
    private static void prepareThread() {
        if (!THREAD_PREPARED.get()) {
            JniUtils.setGraphExecutorOptimize(false);
            THREAD_PREPARED.set(true);
        }
    }

    private static IValue value(Object argument) {
        if (argument instanceof PtNDArray array) {
            return IValue.from(array);
        } else if (argument instanceof List<?> list) {
            return IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
        } else if (argument instanceof Integer || argument instanceof Long) {
            return IValue.from(((Number) argument).longValue());
        } else if (argument instanceof Double number) {
            return IValue.from(number.doubleValue());
        } else if (argument instanceof Boolean bool) {
            return IValue.from(bool.booleanValue());
        } else if (argument instanceof long[] longs) {
            return IValue.listFrom(Arrays.copyOf(longs, longs.length));
        } else if (argument instanceof double[] doubles) {
            return IValue.listFrom(Arrays.copyOf(doubles, doubles.length));
        }
        throw new IllegalArgumentException("no TorchScript type for " + argument + "; see the Javadoc of call");
    }

    @Override
    public void close() {
        block.close();
    }
}
