package io.cordwood.server.cli;

import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.StoredRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints what the readers of a replay bring, whole messages at a time, and keeps account of it:
 * what counts as printed was let go of before. Any thread may call.
 */
final class Printout implements AutoCloseable {

    private static final long SAVED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_SECONDS_MAX = 2;

    /** Fair: readers with more to print must not keep out whoever stops them. */
    private final ReentrantLock printing = new ReentrantLock(true);
    private final Shell shell;
    private final RecordPrinter printer;
    private final Progress.Bar bar;
    private final Optional<StateFile> file;
    private final ReplayState begun;
    private final SortedMap<Integer, Span> left = new TreeMap<>();
    private Optional<IOException> broken = Optional.empty();
    private long done;
    private long savedNanos;

    /** Begins with what is left in a state, and saves it if there is a file for it. */
    Printout(Shell shell, RecordPrinter printer, Progress.Bar bar, Optional<StateFile> file,
            ReplayState begun) throws IOException {
        this.shell = shell;
        this.printer = printer;
        this.bar = bar;
        this.file = file;
        this.begun = begun;
        this.done = begun.done();
        begun.left().forEach(span -> left.put(span.partition(), span));
        save();
    }

    /** Prints the records of a message. Once that has failed, it fails for all. */
    void print(Span span, FetchResponse message) throws IOException {
        printing.lock();
        try {
            if (broken.isPresent()) {
                throw broken.get();
            }
            for (StoredRecord record : message.getRecordsList()) {
                printer.print(span.partition(), record);
            }
            printer.flush();
            move(span, message.getNextOffset());
        } catch (IOException reason) {
            broken = Optional.of(reason);
            throw reason;
        } finally {
            printing.unlock();
        }
    }

    /** All of a span is printed, whatever its last offsets were. */
    void finish(Span span) throws IOException {
        printing.lock();
        try {
            move(span, span.end());
        } finally {
            printing.unlock();
        }
    }

    private void move(Span span, long next) throws IOException {
        Span rest = span.from(next);
        Span before = left.getOrDefault(span.partition(), span);
        left.put(span.partition(), rest);
        done += before.size() - rest.size();
        bar.reach(done);
        if (shell.nanoTime().getAsLong() - savedNanos >= SAVED_EVERY_NANOS) {
            save();
        }
    }

    private void save() throws IOException {
        savedNanos = shell.nanoTime().getAsLong();
        if (file.isPresent()) {
            file.get().write(new ReplayState(begun.order(), begun.size(),
                    List.copyOf(left.values())));
        }
    }

    /**
     * Prints no more, because the process is stopped, and says how far it has come. A message that
     * is being printed is printed to its end, unless nobody takes it.
     */
    String stop() {
        try {
            if (printing.tryLock(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                save();
            }
        } catch (IOException unsaved) {
            return "the state could not be saved: " + unsaved.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return "stopped after " + done + " of " + begun.size() + " records"
                + (file.isPresent() ? ": the same command goes on there" : "");
    }

    /** Saves how far it has come. */
    @Override
    public void close() throws IOException {
        printing.lock();
        try {
            save();
        } finally {
            printing.unlock();
        }
    }
}
