package io.cordwood.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Some clients that do the same at the same time, each in a thread of its own. */
final class Crew {

    private Crew() {}

    /** Works with so many clients and waits for all; fails with the first failure of one. */
    static void work(int clients, Client client) throws Exception {
        List<Future<?>> works = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                int number = i;
                works.add(threads.submit(() -> {
                    client.work(number);
                    return number;
                }));
            }
        }
        for (Future<?> work : works) {
            await(work);
        }
    }

    private static void await(Future<?> work) throws Exception {
        try {
            work.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a client failed", failed.getCause());
        }
    }

    /** What one client does. */
    @FunctionalInterface
    interface Client {

        /** Does it all. Clients are numbered from 0. */
        void work(int number) throws Exception;
    }
}
