package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.Damage;
import io.cordwood.store.object.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;

/** Takes from Parquet's footer what there is to know of row groups and columns. */
final class FooterParser {

    private FooterParser() {}

    static List<RowGroupPlace> rowGroups(FileMetaData footer) {
        List<RowGroupPlace> rowGroups = new ArrayList<>(footer.getRow_groupsSize());
        for (RowGroup rowGroup : Damage.present(footer.getRow_groups(), "row groups")) {
            rowGroups.add(rowGroup(rowGroup));
        }
        return rowGroups;
    }

    private static RowGroupPlace rowGroup(RowGroup rowGroup) {
        Map<Column, ColumnPlace> columns = new EnumMap<>(Column.class);
        long lastOffset = -1;
        for (ColumnChunk chunk : Damage.present(rowGroup.getColumns(), "columns")) {
            ColumnMetaData facts = Damage.present(chunk.getMeta_data(), "facts of a column");
            Optional<Column> column = Column
                    .of(Damage.present(facts.getPath_in_schema(), "path of a column"));
            column.ifPresent(it -> columns.put(it, place(chunk, facts)));
            lastOffset = column.equals(Optional.of(Column.OFFSET)) ? largest(facts) : lastOffset;
        }
        Damage.check(columns.size() == Column.values().length && rowGroup.getNum_rows() > 0,
                "a row group lacks columns or rows");
        return new RowGroupPlace(Math.toIntExact(rowGroup.getNum_rows()), lastOffset, columns);
    }

    private static ColumnPlace place(ColumnChunk chunk, ColumnMetaData column) {
        Damage.check(column.getCodec() == CompressionCodec.ZSTD, "a column is packed otherwise");
        Optional<ByteRange> dictionary = column.isSetDictionary_page_offset()
                ? Optional.of(between(column.getDictionary_page_offset(),
                        column.getData_page_offset()))
                : Optional.empty();
        Optional<ByteRange> columnIndex = chunk.isSetColumn_index_offset()
                ? Optional.of(new ByteRange(chunk.getColumn_index_offset(),
                        chunk.getColumn_index_length()))
                : Optional.empty();
        return new ColumnPlace(column.getNum_values(), stringBytes(column),
                encodings(column), dictionary,
                new ByteRange(chunk.getOffset_index_offset(), chunk.getOffset_index_length()),
                columnIndex);
    }

    private static long largest(ColumnMetaData column) {
        Statistics statistics = Damage.present(column.getStatistics(), "statistics of offsets");
        return ByteBuffer.wrap(statistics.getMax_value()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static long stringBytes(ColumnMetaData column) {
        return Optional.ofNullable(column.getSize_statistics())
                .map(SizeStatistics::getUnencoded_byte_array_data_bytes).orElse(0L);
    }

    private static Set<Encoding> encodings(ColumnMetaData column) {
        Set<Encoding> encodings = new HashSet<>();
        for (PageEncodingStats pages : Damage.present(column.getEncoding_stats(),
                "encodings of a column")) {
            if (pages.getPage_type() == PageType.DATA_PAGE) {
                encodings.add(pages.getEncoding());
            }
        }
        return encodings;
    }

    private static ByteRange between(long position, long end) {
        return new ByteRange(position, Math.toIntExact(end - position));
    }
}
