package io.cordwood.server.cli;

import io.cordwood.server.cli.client.CallException;
import io.cordwood.server.grpc.proto.ProduceStreamResponse;
import io.cordwood.server.grpc.proto.RecordResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the lines of a batch.
 *
 * @param reason why some are not stored, in the words of the server; empty if all are
 */
record Verdict(Map<Fate, List<Line>> fates, String reason) {

    /** Waits for the answer and judges by it. */
    static Verdict await(Batch batch, Future<ProduceStreamResponse> answer) {
        try {
            return of(batch, answer.await());
        } catch (CallException.Refused ended) {
            return whole(batch, Fate.of(ended.status()), ended.getMessage());
        } catch (CallException broken) {
            return whole(batch, Fate.UNKNOWN, broken.getMessage());
        }
    }

    /** The lines with this fate, in their order. */
    List<Line> lines(Fate fate) {
        return fates.getOrDefault(fate, List.of());
    }

    private static Verdict of(Batch batch, ProduceStreamResponse answer) {
        if (answer.hasError()) {
            return whole(batch, Fate.of(answer.getError()), answer.getError().getMessage());
        }
        Map<Fate, List<Line>> fates = new EnumMap<>(Fate.class);
        String reason = "";
        for (int i = 0; i < batch.lines().size(); i++) {
            RecordResult result = answer.getResponse().getResults(i);
            Fate fate = result.hasStored() ? Fate.STORED : Fate.of(result.getError());
            fates.computeIfAbsent(fate, first -> new ArrayList<>()).add(batch.lines().get(i));
            reason = reason.isEmpty() ? result.getError().getMessage() : reason;
        }
        return new Verdict(fates, reason);
    }

    private static Verdict whole(Batch batch, Fate fate, String reason) {
        return new Verdict(Map.of(fate, batch.lines()), reason);
    }
}
