package io.cordwood.server.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A real text of at least 100,000 lines: the smallest such file that is found on the machine, or
 * else many real files, one after the other.
 */
final class RealText {

    static final int LINES_MIN = 100_000;

    private static final List<Path> PLACES = List.of(Path.of("/usr/share"), Path.of("/usr/include"),
            Path.of("/usr/lib"), Path.of(System.getProperty("java.home")));
    private static final Pattern NAMES = Pattern
            .compile(".*\\.(h|txt|py|pl|pm|xml|json|js|properties)|.*/words");
    private static final long SIZE_MIN = 1 << 20;
    private static final long SIZE_MAX = 16 << 20;

    private RealText() {}

    /** Copies the text to a file, which ends with a line feed. */
    static Path copyTo(Path file) throws IOException {
        for (Path candidate : files(SIZE_MIN)) {
            byte[] content = Files.readAllBytes(candidate);
            if (isText(content) && lines(content) >= LINES_MIN) {
                return Files.write(file, content);
            }
        }
        return gather(file);
    }

    private static Path gather(Path file) throws IOException {
        int lines = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Path candidate : files(1 << 10)) {
                byte[] content = Files.readAllBytes(candidate);
                if (isText(content)) {
                    out.write(content);
                    lines += lines(content);
                }
                if (lines >= LINES_MIN) {
                    return file;
                }
            }
        }
        throw new AssertionError("there is not enough text on this machine");
    }

    private static List<Path> files(long sizeMin) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        for (Path place : PLACES) {
            if (Files.isDirectory(place)) {
                Files.walkFileTree(place, new Collector(found, sizeMin));
            }
        }
        List<Path> bySize = new ArrayList<>(found);
        bySize.sort(Comparator.comparingLong(RealText::size));
        return bySize;
    }

    private static boolean isText(byte[] content) {
        for (byte b : content) {
            if (b == 0 || b == '\r') {
                return false;
            }
        }
        return content.length > 0 && content[content.length - 1] == '\n';
    }

    static int lines(byte[] content) {
        int lines = 0;
        for (byte b : content) {
            if (b == '\n') {
                lines++;
            }
        }
        return lines;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final Set<Path> found;
        private final long sizeMin;

        Collector(Set<Path> found, long sizeMin) {
            this.found = found;
            this.sizeMin = sizeMin;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() >= sizeMin
                    && attributes.size() <= SIZE_MAX
                    && NAMES.matcher(file.toString()).matches()) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
