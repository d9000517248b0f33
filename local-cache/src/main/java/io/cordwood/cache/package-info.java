/**
 * An object store that remembers: blocks in memory and on disk, in front of another object store.
 *
 * <p>Objects are cut into blocks of a fixed size. A block is answered from memory, else from the
 * disk, else by the peer that owns it or from the bucket, once for all who wait for it. Only
 * {@code get} is answered from what is remembered; {@code read} and {@code list} always ask the
 * bucket.
 *
 * <p>Invariants:
 * <ul>
 * <li>Nothing that was read before a change of an object is remembered after the change was
 * acknowledged. A change first moves the object's {@link io.cordwood.cache.Generations generation}
 * and then removes its blocks; a block is inserted by a step that is atomic for its key and looks
 * at the generation; so one of the two sees the other.
 * <li>A buffer that is handed out shares no memory with a block, or cannot be written to.
 * <li>What a peer asks for is never asked of another peer, and no request to the bucket waits for
 * one to a peer: so nobody waits in a circle.
 * <li>Both tiers are bounded in bytes. What is being loaded is bounded by those who ask.
 * <li>The disk is never needed: what goes wrong there costs a request to the bucket, never an
 * answer.
 * </ul>
 *
 * <p>Threads: every method may be called on any thread; nothing here locks or blocks, and files are
 * touched by workers only. Used from one thread, with workers that work at once, all happens in one
 * order that depends on nothing else. The one exception is Caffeine's: of the often used blocks
 * that a full memory has to refuse it keeps one in 128 by chance, so that nobody can plan its
 * misses.
 *
 * <p>This package knows nothing of what the objects hold, of how {@link io.cordwood.cache.Peers}
 * are found and spoken to, nor of who reads ahead: who wants more than it asks for asks for more,
 * and it says how much it can keep of that.
 */
@NullMarked
package io.cordwood.cache;

import org.jspecify.annotations.NullMarked;
