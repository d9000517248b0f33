package io.cordwood.bench;

/** What a program measures. */
@FunctionalInterface
interface Scenario {

    void run() throws Exception;

    /** Runs it and ends the process, whatever threads are left. */
    static void main(Scenario scenario) {
        try {
            scenario.run();
            System.exit(0);
        } catch (Exception failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }
}
