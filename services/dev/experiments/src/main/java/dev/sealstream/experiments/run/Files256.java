package dev.sealstream.experiments.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** SHA-256 of files, as lower-case hexadecimal text. */
final class Files256 {
    private static final int BUFFER_BYTES = 1 << 20;

    private Files256() {}

    /** Content of every file directly in a directory, by file name. */
    static Map<String, String> ofDirectory(Path directory) {
        var hashes = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(file.getFileName().toString(), of(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
        return hashes;
    }

    static String of(Path file) throws IOException {
        var digest = digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** One hash over what jars contain, whatever order and dates their entries have. */
    static String ofJars(List<Path> jars) {
        var entries = new TreeMap<String, Long>();
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream()
                        .filter(entry ->
                                !entry.isDirectory() && !entry.getName().startsWith("META-INF/maven/"))
                        .forEach(entry -> entries.put(jar.getFileName() + "!" + entry.getName(), crc(entry)));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + jar, e);
            }
        }
        var digest = digest();
        entries.forEach((name, crc) -> digest.update((name + " " + crc + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long crc(ZipEntry entry) {
        return entry.getCrc();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
