package io.cordwood.store.object.folder;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says what went wrong with the folder, and what to do about it. */
final class FolderFailures {

    private final Path root;

    FolderFailures(Path root) {
        this.root = root;
    }

    /** The act did not happen. */
    UnavailableException unavailable(String act, IOException cause) {
        return new UnavailableException("could not " + act + " in the folder " + root + ": "
                + reason(cause) + "; " + advice(cause), cause);
    }

    /** The act happened, but may not outlive a power cut. */
    UnknownOutcomeException unknown(String act, IOException cause) {
        return new UnknownOutcomeException(
                "could not make sure to " + act + " in the folder " + root
                        + ": " + reason(cause) + "; " + advice(cause),
                cause);
    }

    private static String advice(IOException cause) {
        String reason = reason(cause);
        if (reason.contains("No space left") || reason.contains("quota")) {
            return "free some space on its disk, then it goes on by itself";
        }
        if (cause instanceof AccessDeniedException || reason.contains("Read-only")) {
            return "give this user the right to read and write there, then it goes on by itself";
        }
        if (cause instanceof NoSuchFileException) {
            return "put the folder back if it was moved, mount its disk if it was unmounted";
        }
        if (reason.contains("hard links") || reason.contains("not permitted")) {
            return "choose a folder on a file system that has hard links, such as ext4 or XFS";
        }
        return "look into the system's log for trouble with its disk";
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "no access to " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " is not there";
            case FileSystemException failure when failure.getReason() != null ->
                failure.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }
}
