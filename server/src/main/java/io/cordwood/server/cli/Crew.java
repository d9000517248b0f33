package io.cordwood.server.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Several readers, each on a thread of its own. */
final class Crew {

    private Crew() {}

    /** Returns when all are done. When one fails, the others are stopped and its failure thrown. */
    static void work(List<Callable<Void>> readers) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ExecutorCompletionService<Void> done = new ExecutorCompletionService<>(threads);
            readers.forEach(done::submit);
            try {
                for (int i = 0; i < readers.size(); i++) {
                    done.take().get();
                }
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof Exception reason ? reason : failed;
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
