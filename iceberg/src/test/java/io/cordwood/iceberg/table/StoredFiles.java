package io.cordwood.iceberg.table;

import java.util.function.Function;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Files as Iceberg reads them, from wherever a test has them. */
public final class StoredFiles implements FileIO {

    private final transient Function<String, byte[]> read;

    /**
     * Files that can be read.
     *
     * @param read gives what is at an address
     */
    public StoredFiles(Function<String, byte[]> read) {
        this.read = read;
    }

    /** The table whose metadata is at an address, as Iceberg's own library reads it. */
    public Table table(String location) {
        return new BaseTable(new StaticTableOperations(location, this), "table");
    }

    @Override
    public InputFile newInputFile(String path) {
        return new InMemoryInputFile(path, read.apply(path));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        throw new UnsupportedOperationException("nothing is written: " + path);
    }

    @Override
    public void deleteFile(String path) {
        throw new UnsupportedOperationException("nothing is deleted: " + path);
    }
}
