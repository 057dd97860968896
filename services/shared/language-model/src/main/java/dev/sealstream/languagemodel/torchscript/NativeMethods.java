package dev.sealstream.languagemodel.torchscript;

import ai.djl.pytorch.jni.IValue;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Calls a TorchScript method with automatic differentiation available.
 *
 * <p>DJL's public {@code IValueUtils.runMethod} puts a no-gradient guard around every call, so training through it is
 * impossible. The native method beneath takes the guard as an argument but is package-private; reflection reaches it
 * from any class loader, where a class of our own in DJL's package would not.
 */
final class NativeMethods {
    private final Object library;
    private final Method runMethod;
    private final Constructor<IValue> valueOfHandle;

    private NativeMethods(Object library, Method runMethod, Constructor<IValue> valueOfHandle) {
        this.library = library;
        this.runMethod = runMethod;
        this.valueOfHandle = valueOfHandle;
    }

    static NativeMethods find() {
        try {
            Class<?> type = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary", true, IValue.class.getClassLoader());
            Field instance = type.getDeclaredField("LIB");
            instance.setAccessible(true);
            Method method = type.getDeclaredMethod(
                    "moduleRunMethod", long.class, String.class, long[].class, boolean.class, boolean.class);
            method.setAccessible(true);
            Constructor<IValue> constructor = IValue.class.getDeclaredConstructor(long.class);
            constructor.setAccessible(true);
            return new NativeMethods(instance.get(null), method, constructor);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "DJL's PyTorch engine has no PyTorchLibrary.moduleRunMethod as of version 0.35.1; use that version",
                    e);
        }
    }

    /** The guard against gradients stays off; our TorchScript switches gradients on and off itself. */
    IValue run(long moduleHandle, String method, long[] argumentHandles) {
        try {
            long handle = (long) runMethod.invoke(library, moduleHandle, method, argumentHandles, true, false);
            return valueOfHandle.newInstance(handle);
        } catch (InvocationTargetException e) {
            throw new TorchScriptException(
                    "TorchScript method " + method + " failed: " + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot call TorchScript method " + method, e);
        }
    }
}
