/**
 * An object store in a folder of a POSIX file system: an object is a file, a key its path.
 *
 * <p>A file appears under its key only whole and synced: it is written under a name that no key can
 * have, then renamed (replacing) or hard-linked (if absent), then the folder's entry is synced. So
 * a crash at any point leaves nothing that is half written, and any number of processes may share
 * one folder. After a write whose outcome is unknown, what is read back is synced first, so that
 * nobody builds on bytes that a power cut could still take away.
 *
 * <p>What this package deliberately does not know: Windows, where a folder cannot be synced, and
 * file systems without hard links (it says so when it opens).
 */
@NullMarked
package io.cordwood.store.object.folder;

import org.jspecify.annotations.NullMarked;
