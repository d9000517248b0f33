package io.cordwood.server.endtoend;

import java.nio.file.Path;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Files of this machine, for Iceberg without Hadoop, which makes one by its name. */
public final class LocalFiles implements FileIO {

    private static final long serialVersionUID = 1;

    private static final String SCHEME = "file://";

    /** The path of what is at an address. */
    static Path path(String location) {
        if (!location.startsWith(SCHEME)) {
            throw new IllegalArgumentException("not a file: " + location);
        }
        return Path.of(location.substring(SCHEME.length()));
    }

    @Override
    public InputFile newInputFile(String location) {
        return Files.localInput(path(location).toFile());
    }

    @Override
    public OutputFile newOutputFile(String location) {
        throw new UnsupportedOperationException("nothing is written: " + location);
    }

    @Override
    public void deleteFile(String location) {
        throw new UnsupportedOperationException("nothing is deleted: " + location);
    }
}
