package io.cordwood.bench.micro;

import io.cordwood.bench.Figure;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the micro benchmarks, each in a process of its own. */
public final class MicroBenchmarks {

    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 5;
    private static final TimeValue ROUND = TimeValue.milliseconds(500);

    private MicroBenchmarks() {}

    /**
     * Prints a figure for each benchmark and each of its parameters.
     *
     * @param pattern a regular expression that is found in the names of those to run
     */
    public static void run(String pattern) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                .include(MicroBenchmarks.class.getPackageName() + ".*" + pattern)
                .forks(1).warmupIterations(WARM_UPS).warmupTime(ROUND)
                .measurementIterations(ROUNDS).measurementTime(ROUND)
                .timeUnit(TimeUnit.MICROSECONDS).shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsPrepend("-Xmx1g", "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow")
                .build()).run();
        results.forEach(MicroBenchmarks::print);
    }

    private static void print(RunResult run) {
        Result<?> result = run.getPrimaryResult();
        String benchmark = run.getParams().getBenchmark();
        Figure figure = new Figure("micro").with("benchmark", benchmark
                .substring(MicroBenchmarks.class.getPackageName().length() + 1));
        run.getParams().getParamsKeys()
                .forEach(key -> figure.with(key, run.getParams().getParam(key)));
        figure.measured("score", result.getScore())
                .measured("error", Double.isNaN(result.getScoreError())
                        ? 0
                        : result.getScoreError())
                .with("unit", result.getScoreUnit()).print();
    }
}
