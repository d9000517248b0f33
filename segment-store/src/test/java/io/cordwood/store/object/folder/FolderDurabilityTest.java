package io.cordwood.store.object.folder;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.cordwood.store.object.StoreUnderTest;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDurabilityTest implements StoreUnderTest {

    private final FailingDisk disk = new FailingDisk();

    @TempDir
    private Path root;
    private FolderObjectStore store;

    @BeforeEach
    void open() {
        store = settled(FolderObjectStore.open(root, new DirectWorkers(), new Random(1), disk));
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Test
    void successComesAfterTheNamesAreSynced() {
        RecordingDisk recording = new RecordingDisk(root);
        FolderObjectStore recorded = settled(
                FolderObjectStore.open(root, new DirectWorkers(), new Random(2), recording));
        recording.acts().clear();

        settled(recorded.putIfAbsent(new ObjectKey("a/b/1"), bytes("x")));
        settled(recorded.put(new ObjectKey("a/b/2"), bytes("x")));

        assertThat(recording.acts()).containsExactly("sync /", "sync /a", "write", "link a/b/1",
                "sync /a/b", "write", "rename a/b/2", "sync /a/b");
    }

    @Test
    void aStreamGetsItsNameWhenAllItsPiecesAreSynced() {
        RecordingDisk recording = new RecordingDisk(root);
        FolderObjectStore recorded = settled(
                FolderObjectStore.open(root, new DirectWorkers(), new Random(2), recording));
        recording.acts().clear();

        settled(recorded.putStream(new ObjectKey("a/1"),
                ByteSource.of(List.of(bytes("x"), bytes("y")))));

        assertThat(recording.acts()).containsExactly("write", "append", "sync /",
                "rename a/1", "sync /a");
    }

    @Test
    void aStreamThatTheDiskHasNoRoomForLeavesNothing() {
        AtomicInteger pieces = new AtomicInteger();

        assertThatThrownBy(() -> settled(store.putStream(new ObjectKey("log/1"), () -> {
            if (pieces.incrementAndGet() == 3) {
                disk.failWrites(full());
            }
            return Future.succeededFuture(Optional.of(bytes("x")));
        }))).isInstanceOf(UnavailableException.class).hasMessageContaining("free some space");

        assertThat(keys("", 10)).isEmpty();
        assertThat(root.resolve("~unfinished")).isEmptyDirectory();
    }

    @Test
    void aFolderThatAnotherProcessMadeIsSyncedBeforeItIsTrusted() throws IOException {
        RecordingDisk recording = new RecordingDisk(root);
        FolderObjectStore recorded = settled(
                FolderObjectStore.open(root, new DirectWorkers(), new Random(2), recording));
        Files.createDirectories(root.resolve("a/b"));
        recording.acts().clear();

        settled(recorded.put(new ObjectKey("a/b/1"), bytes("x")));

        assertThat(recording.acts()).startsWith("sync /", "sync /a");
    }

    @Test
    void aFullDiskLeavesTheOldObjectAndSaysWhatToDo() throws IOException {
        ObjectKey key = given("log/1", "old");
        disk.failWrites(full());

        assertThatThrownBy(() -> settled(store.put(key, bytes("new"))))
                .isInstanceOf(UnavailableException.class).hasMessageContaining(root.toString())
                .hasMessageContaining("No space left").hasMessageContaining("free some space");
        assertThatThrownBy(() -> settled(store.putIfAbsent(new ObjectKey("log/2"), bytes("new"))))
                .isInstanceOf(UnavailableException.class);

        assertThat(stored(key)).isEqualTo("old");
        assertThat(keys("", 10)).containsExactly("log/1");
        assertThat(root.resolve("~unfinished")).isEmptyDirectory();
    }

    @Test
    void aDiskWithSpaceAgainIsWrittenAgain() {
        disk.failWrites(full());
        assertThatThrownBy(() -> given("log/1", "x")).isInstanceOf(UnavailableException.class);

        disk.heal();

        assertThat(stored(given("log/1", "x"))).isEqualTo("x");
    }

    @Test
    void aForbiddenFolderSaysWhatToDo() {
        disk.failWrites(new AccessDeniedException(root.toString()));

        assertThatThrownBy(() -> given("log/1", "x")).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no access to " + root)
                .hasMessageContaining("right to read and write");
    }

    @Test
    void aNameThatCouldNotBeGivenIsARefusal() {
        ObjectKey key = new ObjectKey("log/1");
        disk.failLinks(broken());

        assertThatThrownBy(() -> settled(store.putIfAbsent(key, bytes("x"))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("Input/output error");
        assertThatThrownBy(() -> settled(store.put(key, bytes("x"))))
                .isInstanceOf(UnavailableException.class);

        assertThat(settled(store.read(key, 10))).isEmpty();
    }

    @Test
    void aNameThatWasGivenAlthoughTheAnswerWasLostIsOurs() {
        ObjectKey key = new ObjectKey("log/1");
        disk.loseAnswersOfLinks(new FileAlreadyExistsException("log/1"));

        assertThat(settled(store.putIfAbsent(key, bytes("x")))).isEqualTo(new PutOutcome.Created());

        disk.loseAnswersOfLinks(broken());
        assertThat(settled(store.putIfAbsent(new ObjectKey("log/2"), bytes("x"))))
                .isEqualTo(new PutOutcome.Created());
        assertThatThrownBy(() -> settled(store.put(key, bytes("y"))))
                .isInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void aNameThatCouldNotBeSyncedIsAnUnknownOutcome() {
        given("created/1", "x");
        ObjectKey put = given("put/1", "x");
        ObjectKey deleted = given("deleted/1", "x");
        disk.failSyncs(broken());

        assertThat(settled(store.putIfAbsent(new ObjectKey("created/2"), bytes("x"))))
                .isInstanceOf(PutOutcome.Unknown.class);
        assertThatThrownBy(() -> settled(store.put(put, bytes("y"))))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("Input/output error");
        assertThatThrownBy(() -> settled(store.delete(deleted)))
                .isInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void aFolderInDoubtRefusesWritesUntilItIsSynced() {
        given("log/1", "x");
        disk.failSyncs(broken());
        settled(store.putIfAbsent(new ObjectKey("log/2"), bytes("x")));

        assertThatThrownBy(() -> settled(store.putIfAbsent(new ObjectKey("log/3"), bytes("x"))))
                .isInstanceOf(UnavailableException.class);

        disk.heal();
        assertThat(keys("log/", 10)).containsExactly("log/1", "log/2");
    }

    @Test
    void whatIsReadBackAfterAnUnknownOutcomeIsSyncedFirst() {
        given("log/1", "x");
        ObjectKey key = new ObjectKey("log/2");
        disk.failSyncs(broken());
        settled(store.putIfAbsent(key, bytes("x")));

        assertThatThrownBy(() -> stored(key)).isInstanceOf(UnavailableException.class);

        disk.heal();
        assertThat(stored(key)).isEqualTo("x");
    }

    @Test
    void aFileSystemWithoutLinksIsRefusedWhenTheStoreOpens() {
        disk.failLinks(new FileSystemException("f", "g", "Operation not permitted"));

        assertThatThrownBy(() -> settled(
                FolderObjectStore.open(root, new DirectWorkers(), new Random(2), disk)))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("hard links");
    }

    private static IOException full() {
        return new IOException("No space left on device");
    }

    private static IOException broken() {
        return new FileSystemException("f", "g", "Input/output error");
    }
}
