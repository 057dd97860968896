package dev.sealstream.languagemodel.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source text into the archive libtorch loads (what PyTorch calls a {@code .pt} file).
 *
 * <p>The archive holds one module without parameters, so that libtorch's loader serves as a compiler for our source.
 * Entries are stored uncompressed and carry no time: the same source gives the same bytes.
 */
final class TorchScriptArchive {
    private static final int PICKLE_PROTOCOL = 0x80;
    private static final int PICKLE_VERSION = 2;
    private static final byte[] EMPTY_TUPLE_PICKLE = {(byte) PICKLE_PROTOCOL, PICKLE_VERSION, ')', '.'};
    /** File format version 10 of PyTorch; the oldest that knows every operator we use. */
    private static final String FORMAT_VERSION = "10\n";

    private TorchScriptArchive() {}

    /**
     * Returns the archive of a module.
     *
     * @param moduleClass name of the class that extends Module, defined in {@code moduleSource}
     * @param functions source text by namespace: {@code def f} under the key {@code "x"} is {@code __torch__.x.f}
     */
    static byte[] of(String moduleClass, String moduleSource, Map<String, String> functions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", modulePickle(moduleClass));
            put(zip, "code/__torch__.py", utf8(moduleSource));
            for (Map.Entry<String, String> source : functions.entrySet()) {
                put(zip, "code/__torch__/" + source.getKey() + ".py", utf8(source.getValue()));
            }
            put(zip, "constants.pkl", EMPTY_TUPLE_PICKLE);
            put(zip, "version", utf8(FORMAT_VERSION));
        } catch (IOException e) {
            throw new UncheckedIOException("writing a TorchScript archive to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Pickle of an instance of {@code __torch__.<moduleClass>} whose state is {@code {"training": False}}. */
    private static byte[] modulePickle(String moduleClass) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) PICKLE_PROTOCOL, PICKLE_VERSION});
        pickle.writeBytes(utf8("c__torch__\n" + moduleClass + "\n")); // GLOBAL: push the class
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('}); // EMPTY_TUPLE NEWOBJ EMPTY_DICT MARK
        pickle.writeBytes(new byte[] {'X', 8, 0, 0, 0}); // BINUNICODE of 8 bytes
        pickle.writeBytes(utf8("training"));
        pickle.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'}); // NEWFALSE SETITEMS BUILD STOP
        return pickle.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] data) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(data);
        ZipEntry entry = new ZipEntry("module/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(data);
        zip.closeEntry();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
