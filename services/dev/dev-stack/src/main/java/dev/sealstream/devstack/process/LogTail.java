package dev.sealstream.devstack.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, for the message about a process that died. */
final class LogTail {

    /** Enough for a dozen long lines, little enough to read while a gigabyte of log lies before it. */
    private static final int BYTES_MAX = 16 * 1024;

    private LogTail() {}

    /** The last lines, oldest first; stack frames are left out, they are in the log. */
    static List<String> read(Path log, int linesMax) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - BYTES_MAX);
            file.seek(start);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .skip(start > 0 ? 1 : 0)
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t... "))
                    .toList();
            return lines.subList(Math.max(0, lines.size() - linesMax), lines.size());
        } catch (IOException unreadable) {
            return List.of("(the log cannot be read: " + unreadable.getMessage() + ")");
        }
    }
}
