package io.cordwood.store.object.folder;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.ObjectStoreContract;
import io.cordwood.store.object.PoolWorkers;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest implements ObjectStoreContract {

    private final PoolWorkers workers = new PoolWorkers(8);

    @TempDir
    private Path folder;
    private Path root;
    private FolderObjectStore store;

    @BeforeEach
    void open() {
        root = folder.resolve("data/bucket");
        store = settled(FolderObjectStore.open(root, workers, new Random(1)));
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Test
    void twoStoresOnOneFolderNeverBothCreate() {
        FolderObjectStore other = settled(FolderObjectStore.open(root, workers, new Random(1)));

        for (int round = 0; round < 50; round++) {
            ObjectKey key = new ObjectKey("log/" + round);
            List<Future<PutOutcome>> outcomes = IntStream.range(0, 8).mapToObj(
                    writer -> (writer % 2 == 0 ? store : other).putIfAbsent(key,
                            bytes("w" + writer)))
                    .toList();

            assertThat(outcomes.stream().map(this::settled)).filteredOn(
                    PutOutcome.Created.class::isInstance).hasSize(1);
        }
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void twoProcessesOnOneFolderNeverBothCreate() throws Exception {
        FolderRacer one = FolderRacer.start(root, "one");
        FolderRacer two = FolderRacer.start(root, "two");

        one.go();
        two.go();

        List<String> createdByOne = one.created();
        List<String> createdByTwo = two.created();

        List<String> created = new ArrayList<>(createdByOne);
        created.addAll(createdByTwo);
        assertThat(created).hasSize(FolderRacer.KEYS).doesNotHaveDuplicates();
        assertThat(createdByOne)
                .allSatisfy(key -> assertThat(stored(new ObjectKey(key))).isEqualTo("one"));
        assertThat(createdByTwo)
                .allSatisfy(key -> assertThat(stored(new ObjectKey(key))).isEqualTo("two"));
    }

    @Test
    void anotherStoreOnTheFolderSeesTheSameObjects() {
        given("segments/aa/1", "hello");

        FolderObjectStore reopened = settled(FolderObjectStore.open(root, workers, new Random(2)));

        assertThat(settled(reopened.read(new ObjectKey("segments/aa/1"), 10)).map(
                found -> found.remaining())).contains(5);
    }

    @Test
    void whatCrashedWritersLeftIsRemovedWhenItIsOldAndNeverListed() throws IOException {
        Path old = Files.write(root.resolve("~unfinished/old"), new byte[]{1});
        Path young = Files.write(root.resolve("~unfinished/young"), new byte[]{1});
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        settled(FolderObjectStore.open(root, workers, new Random(3)));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(keys("", 10)).isEmpty();
    }

    @Test
    void aStoreOpensWhileOthersWrite() {
        List<Future<?>> done = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            for (int writer = 0; writer < 4; writer++) {
                done.add(store.put(new ObjectKey("log/" + round + "-" + writer), bytes("it")));
            }
            done.add(FolderObjectStore.open(root, workers, new Random(round)));
        }

        assertThatCode(() -> done.forEach(this::settled)).doesNotThrowAnyException();
    }

    @Test
    void nothingIsLeftBehindByWrites() {
        ObjectKey key = given("log/1", "x");
        given("log/1", "y");
        settled(store.putIfAbsent(key, bytes("z")));

        assertThat(unfinished()).isEmpty();
    }

    @Test
    void aFolderOfKeysIsNoObject() {
        given("log/1", "x");
        ObjectKey folderOfKeys = new ObjectKey("log");

        assertThat(settled(store.read(folderOfKeys, 10))).isEmpty();
        settled(store.delete(folderOfKeys));

        assertThat(keys("", 10)).containsExactly("log/1");
        assertThatThrownBy(() -> settled(store.putIfAbsent(folderOfKeys, bytes("x"))))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aFileWhereAFolderShouldBeIsNotTakenForTheObject() {
        given("log", "a file");

        assertThatThrownBy(() -> settled(store.putIfAbsent(new ObjectKey("log/1"), bytes("x"))))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("is a file");
    }

    @Test
    void filesThatAreNoObjectsAreNotListed() throws IOException {
        given("a/1", "x");
        Files.createDirectories(root.resolve("lost+found/a"));
        Files.writeString(root.resolve("a/with space"), "x");
        Files.createDirectories(root.resolve("a/empty/empty"));

        assertThat(keys("", 1)).containsExactly("a/1");
    }

    @Test
    void foldersThatAreEmptyDoNotEndAListing() throws IOException {
        for (int number = 0; number < 10; number++) {
            Files.createDirectories(root.resolve("a/" + number + "/empty"));
        }
        given("a/z", "x");

        assertThat(keys("", 1)).containsExactly("a/z");
    }

    @Test
    void aFolderThatVanishedIsNotTakenForAnEmptyOne() throws IOException {
        ObjectKey key = given("log/1", "x");
        Files.move(root, folder.resolve("elsewhere"));
        Files.createDirectory(root);

        assertThatThrownBy(() -> settled(store.read(key, 10)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(root.toString()).hasMessageContaining("mount");
        assertThatThrownBy(() -> settled(store.get(key, new ByteRange(0, 1))))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> settled(store.putIfAbsent(key, bytes("x"))))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> keys("", 10)).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> settled(store.delete(key)))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void aRootThatIsAFileSaysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> settled(FolderObjectStore.open(file, workers, new Random(1))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(file + " is a file where a folder should be");
    }

    private List<Path> unfinished() {
        try (Stream<Path> files = Files.list(root.resolve("~unfinished"))) {
            return files.toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
