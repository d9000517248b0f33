package io.cordwood.server.cli;

import io.cordwood.server.cli.client.CallException;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a message that says what to do next, and an exit code. */
final class Failures {

    /** What was asked for wrongly: the arguments. */
    int misuse(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("cordwood: " + wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("  '" + command.getCommandSpec().qualifiedName()
                    + " --help' shows how it is used");
        }
        return ExitCode.USAGE;
    }

    /** What failed. Throws what is nobody's fault but ours. */
    int failure(Exception reason, CommandLine command, ParseResult arguments) throws Exception {
        CommandFailure failure = switch (reason) {
            case CommandFailure known -> known;
            case CallException call -> explain(call);
            // Who reads has seen enough.
            case IOException gone when "Broken pipe".equals(gone.getMessage()) -> null;
            case IOException other -> new CommandFailure("reading or writing failed: "
                    + other.getMessage(), "look whether the disk is full or the file is gone");
            default -> throw reason;
        };
        if (failure == null) {
            return ExitCode.OK;
        }
        tell(failure, command.getErr());
        return ExitCode.SOFTWARE;
    }

    static void tell(CommandFailure failure, PrintWriter err) {
        err.println("cordwood: " + failure.getMessage());
        err.println("  " + failure.advice());
    }

    private static CommandFailure explain(CallException call) {
        return switch (call) {
            case CallException.Unreachable nobody -> new CommandFailure(nobody.getMessage(),
                    "start a server with 'cordwood server', or say where one is with --server"
                            + " HOST:PORT");
            case CallException.Broken broken -> new CommandFailure(broken.getMessage(),
                    "look whether the server runs, and whether it was done, before you try again");
            case CallException.Refused refused -> new CommandFailure(refused.getMessage(),
                    advice(refused.status()));
        };
    }

    private static String advice(GrpcStatus status) {
        return switch (status) {
            case NOT_FOUND -> "'cordwood topics list' shows which topics there are";
            case OUT_OF_RANGE -> "'cordwood topics describe TOPIC' shows which offsets there are";
            case ALREADY_EXISTS -> "choose another name, or use the one that is there";
            case UNAVAILABLE -> "nothing was done: try again later";
            case DEADLINE_EXCEEDED -> "it may have been done or not: look before you try again";
            case FAILED_PRECONDITION ->
                "another server has taken over: use that one, with --server";
            case INTERNAL -> "the server's log says more";
            default -> "nothing was done: change what you ask for";
        };
    }
}
