package io.cordwood.bench;

/** What a scenario measures: it prints its {@link Figure}s as soon as it has them. */
@FunctionalInterface
interface Scenario {

    void run() throws Exception;
}
