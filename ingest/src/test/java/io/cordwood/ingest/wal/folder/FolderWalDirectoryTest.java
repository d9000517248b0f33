package io.cordwood.ingest.wal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.ingest.wal.Batches;
import io.cordwood.ingest.wal.Wal;
import io.cordwood.ingest.wal.WalDirectory;
import io.cordwood.ingest.wal.WalDirectoryContract;
import io.cordwood.ingest.wal.WalEnd;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.segment.PartitionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWalDirectoryTest implements WalDirectoryContract {

    private static final UUID IDENTITY = new UUID(1, 2);

    @TempDir
    Path temporary;

    @Override
    public WalDirectory open() {
        return FolderWalDirectory.open(folder(), IDENTITY);
    }

    @Test
    void theFirstUseGivesItItsIdentityAndLaterOnesKeepIt() throws IOException {
        FolderWalDirectory.open(folder(), IDENTITY).close();

        WalDirectory again = FolderWalDirectory.open(folder(), new UUID(9, 9));

        assertThat(again.identity()).isEqualTo(IDENTITY);
        assertThat(folder().resolve("identity")).content().contains(IDENTITY.toString());
        again.close();
    }

    @Test
    void aFolderThatWasWipedIsAnother() throws IOException {
        FolderWalDirectory.open(folder(), IDENTITY).close();
        Files.delete(folder().resolve("identity"));

        WalDirectory again = FolderWalDirectory.open(folder(), new UUID(9, 9));

        assertThat(again.identity()).isEqualTo(new UUID(9, 9));
        again.close();
    }

    @Test
    void aSecondUserIsToldSoAndTheFirstGoesOn() throws IOException {
        WalDirectory first = open();

        assertThatThrownBy(this::open).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("used by another process")
                .hasMessageContaining(folder().toString());

        first.append(1, List.of(ByteBuffer.allocate(1)));
        first.close();
        open().close();
    }

    @Test
    void anIdentityWithAnyFlippedBitIsNotBelieved() throws IOException {
        open().close();
        Path file = folder().resolve("identity");
        byte[] content = Files.readAllBytes(file);
        for (int i = 0; i < content.length; i++) {
            byte[] flipped = content.clone();
            flipped[i] ^= 1;
            Files.write(file, flipped);

            assertThatThrownBy(this::open).as("byte %d", i).isInstanceOf(CorruptException.class)
                    .hasMessageContaining(file.toString());
        }
        Files.write(file, content);
        open().close();
    }

    @Test
    void anIdentityThatACrashLeftUnfinishedIsMadeAnew() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("identity.unfinished"), "cordw");

        WalDirectory directory = open();

        assertThat(directory.identity()).isEqualTo(IDENTITY);
        directory.close();
    }

    @Test
    void filesOfOtherNamesAreNobodysNumbers() throws IOException {
        WalDirectory directory = open();
        Files.writeString(folder().resolve("1.wal"), "");
        Files.writeString(folder().resolve("00000000000000000001.wal.damaged"), "");
        Files.writeString(folder().resolve("99999999999999999999.wal"), "");
        directory.append(5, List.of(ByteBuffer.allocate(1)));

        assertThat(directory.numbers()).containsExactly(5L);
        directory.close();
    }

    @Test
    void whatIsSetAsideIsKeptUnderANameOfItsOwn() throws IOException {
        for (int i = 0; i < 3; i++) {
            WalDirectory directory = open();
            directory.append(1, List.of(ByteBuffer.wrap(new byte[]{(byte) i})));
            directory.setAside(1);
            directory.close();
        }

        assertThat(names()).contains("00000000000000000001.wal.damaged",
                "00000000000000000001.wal.damaged.2", "00000000000000000001.wal.damaged.3");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> FolderWalDirectory.open(temporary.resolve("file/wal"), IDENTITY))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("file/wal");
    }

    @Test
    void aWalInAFolderThatVanishesGoesOnWithoutIt() throws IOException {
        Wal wal = new Wal(open(), new ManualEventLoop(), new DirectWorkers(), BatchLimits.STANDARD);
        PartitionId partition = new PartitionId(new UUID(1, 2), 0);
        wal.append(1, partition, Batches.of("a"));
        assertThat(wal.read(1).result().end()).isEqualTo(new WalEnd.Whole());
        for (String name : names()) {
            Files.delete(folder().resolve(name));
        }
        Files.delete(folder());

        wal.append(2, partition, Batches.of("b"));

        assertThat(wal.statistics().lostSegments()).isEqualTo(1);
        assertThat(wal.close().succeeded()).isTrue();
    }

    private Path folder() {
        return temporary.resolve("local/wal");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> folder().relativize(file).toString()).toList();
        }
    }
}
