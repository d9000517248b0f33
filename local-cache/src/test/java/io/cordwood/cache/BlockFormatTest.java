package io.cordwood.cache;

import static io.cordwood.cache.Content.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.CorruptException;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockFormatTest {

    private static final BlockKey KEY = new BlockKey(new ObjectKey("a/b"), 5);
    private static final Block BLOCK = Block.owning(new byte[]{1, 2, 3, 4});

    @Test
    void theHeaderIsAsDrawn() {
        ByteBuffer header = BlockFormat.header(KEY, BLOCK);

        assertThat(HexFormat.of().formatHex(array(Future.succeededFuture(header)))).isEqualTo(
                "43574342" + "0001" + "0003" + "0000000000000005" + "00000004" + "841305e7"
                        + "612f62");
        assertThat(header.capacity()).isEqualTo(BlockFormat.headerBytes(KEY));
    }

    @Test
    void aBlockIsWhatItWasWrittenAs() {
        BlockFormat.check(KEY, BlockFormat.header(KEY, BLOCK), BLOCK);

        assertThatThrownBy(() -> BlockFormat.check(new BlockKey(KEY.object(), 6),
                BlockFormat.header(KEY, BLOCK), BLOCK)).isInstanceOf(CorruptException.class);
        assertThatThrownBy(() -> BlockFormat.check(new BlockKey(new ObjectKey("a/c"), 5),
                BlockFormat.header(KEY, BLOCK), BLOCK)).isInstanceOf(CorruptException.class);
    }

    @Test
    void aFileIsFoundAgainByItsName() {
        BlockFile file = new BlockFile(BlockName.of(KEY), 17, 31);

        assertThat(file.fileName()).matches("[0-9a-f]{32}-5-17\\.block");
        assertThat(BlockFile.parse(file.fileName(), 31)).isEqualTo(Optional.of(file));
        assertThat(file.diskBytes()).isEqualTo(4096);
    }

    @Test
    void otherNamesAreNotOurs() {
        assertThat(BlockFile.parse("notes.txt", 1)).isEmpty();
        assertThat(BlockFile.parse("abc-1-2.block", 1)).isEmpty();
        assertThat(BlockFile.parse("0".repeat(32) + "-1-99999999999999999999.block", 1)).isEmpty();
    }

    @Test
    void blocksOfOneObjectShareTheFirstPartOfTheirNames() {
        BlockName name = BlockName.of(KEY);

        assertThat(name).isEqualTo(BlockName.ofFirst(KEY.object()).at(5));
        assertThat(name.isSameObject(BlockName.ofFirst(KEY.object()))).isTrue();
        assertThat(name.isSameObject(BlockName.ofFirst(new ObjectKey("a/c")))).isFalse();
    }
}
