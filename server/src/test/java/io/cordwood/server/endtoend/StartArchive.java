package io.cordwood.server.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The classes that a server loads while it starts, as the virtual machine keeps them once they are
 * read and checked. It takes as long as two starts to make, and halves all that follow.
 */
final class StartArchive {

    /**
     * What has a virtual machine start with it. One that cannot goes on without, and says nothing.
     */
    static final List<String> OPTIONS = List.of(
            "-XX:SharedArchiveFile=" + of(ClassPathJars.PATH), "-Xlog:cds=off");

    private StartArchive() {}

    private static Path of(String classPath) {
        return ProgramFolder.alone(() -> make(classPath));
    }

    private static Path make(String classPath) throws IOException {
        Path archive = ProgramFolder.PATH.resolve("server.jsa");
        long madeMillis = archive.toFile().lastModified();
        if (Arrays.stream(classPath.split(":")).map(Path::of)
                .anyMatch(jar -> jar.toFile().lastModified() > madeMillis)) {
            Path folder = Files.createTempDirectory(ProgramFolder.PATH, "start");
            RunningServer.start(List.of("-Xmx512m", "-XX:ArchiveClassesAtExit=" + archive),
                    "file:" + folder.resolve("bucket"), folder.resolve("local")).close();
        }
        return archive;
    }
}
