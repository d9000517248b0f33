package io.cordwood.store.object.folder;

import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One page of keys, found by walking the folders in the order of keys. A folder sorts as its name
 * with a {@code /} behind it, which puts {@code a-b} before {@code a/b}, as their bytes say. Of a
 * folder no more names are held at a time than fit on the page, however many it has.
 */
final class FolderListing {

    private final Listing listing;
    private final List<ObjectPage.Entry> found = new ArrayList<>();

    private FolderListing(Listing listing) {
        this.listing = listing;
    }

    /** The page that was asked for. What appears or vanishes meanwhile may be on it or not. */
    static ObjectPage of(Path root, Listing listing) throws IOException {
        FolderListing walk = new FolderListing(listing);
        try {
            walk.visit(root, "");
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        boolean last = walk.found.size() <= listing.keysMax();
        return new ObjectPage(last ? walk.found : walk.found.subList(0, listing.keysMax()), last);
    }

    private void visit(Path directory, String path) throws IOException {
        String visited = "";
        boolean more = true;
        while (more && !isFull()) {
            NavigableMap<String, Child> next = firstAfter(visited, directory, path);
            more = next.size() == batch();
            for (Map.Entry<String, Child> child : next.entrySet()) {
                visited = child.getKey();
                visit(child.getValue(), visited);
            }
        }
    }

    private void visit(Child child, String name) throws IOException {
        if (isFull()) {
            return;
        }
        if (child.attributes().isDirectory()) {
            visit(child.path(), name);
        } else {
            found.add(new ObjectPage.Entry(child.key(), child.attributes().size(),
                    child.attributes().lastModifiedTime().toInstant()));
        }
    }

    /** The first so many names in the folder that follow the one visited and may be on the page. */
    private NavigableMap<String, Child> firstAfter(String visited, Path directory, String path)
            throws IOException {
        NavigableMap<String, Child> first = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Optional<Child> child = child(file, path + file.getFileName());
                if (child.isPresent() && isWanted(child.get().name())
                        && child.get().name().compareTo(visited) > 0) {
                    first.put(child.get().name(), child.get());
                }
                if (first.size() > batch()) {
                    first.pollLastEntry();
                }
            }
        } catch (NoSuchFileException vanished) {
            return new TreeMap<>();
        }
        return first;
    }

    private Optional<Child> child(Path file, String path) throws IOException {
        if (!path.startsWith(listing.prefix()) && !listing.prefix().startsWith(path)) {
            return Optional.empty();
        }
        try {
            ObjectKey key = new ObjectKey(path);
            return Optional.of(new Child(key, file,
                    Files.readAttributes(file, BasicFileAttributes.class)));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        } catch (NoSuchFileException vanished) {
            return Optional.empty();
        }
    }

    private boolean isWanted(String name) {
        boolean isFolder = name.endsWith("/");
        boolean inPrefix = name.startsWith(listing.prefix())
                || (isFolder && listing.prefix().startsWith(name));
        boolean isAfter = name.compareTo(listing.after()) > 0
                || (isFolder && listing.after().startsWith(name));
        return inPrefix && isAfter;
    }

    private boolean isFull() {
        return found.size() > listing.keysMax();
    }

    private int batch() {
        return listing.keysMax() + 1;
    }

    private record Child(ObjectKey key, Path path, BasicFileAttributes attributes) {

        /** The key of a file, or what the keys in a folder begin with. */
        String name() {
            return attributes.isDirectory() ? key.value() + "/" : key.value();
        }
    }
}
