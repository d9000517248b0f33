package io.cordwood.kafka.producers;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.state.TransactionState;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListTransactionsRequest;

/**
 * Lists the last transactions of all transactional ids: of all, or of those in some states, of some
 * producers, that are open for longer than a time, or whose ids have a pattern.
 */
public record ListTransactionsHandler(KafkaLog log)
        implements
            ApiHandler<ListTransactionsRequest> {

    @Override
    public Future<Answer> handle(Call call, ListTransactionsRequest request) {
        ListTransactionsRequestData asked = request.data();
        List<String> unknown = new ArrayList<>(asked.stateFilters());
        unknown.removeAll(TransactionPhases.KNOWN);
        ListTransactionsResponseData response = new ListTransactionsResponseData()
                .setUnknownStateFilters(unknown);
        Predicate<TransactionState> wanted = wanted(asked);
        log.state().transactions().all().forEach(transaction -> {
            if (wanted.test(transaction)) {
                response.transactionStates().add(describe(transaction));
            }
        });
        return Future.succeededFuture(Answer.Response.of(response));
    }

    private Predicate<TransactionState> wanted(ListTransactionsRequestData asked) {
        Predicate<TransactionState> wanted = transaction -> true;
        if (!asked.stateFilters().isEmpty()) {
            Set<String> states = new HashSet<>(asked.stateFilters());
            wanted = wanted.and(it -> states.contains(TransactionPhases.name(it.phase())));
        }
        if (!asked.producerIdFilters().isEmpty()) {
            Set<Long> producers = new HashSet<>(asked.producerIdFilters());
            wanted = wanted.and(it -> producers.contains(it.producer().id()));
        }
        if (asked.durationFilter() >= 0) {
            long before = log.loop().now().toEpochMilli() - asked.durationFilter();
            wanted = wanted.and(it -> it.isOngoing() && it.sinceMillis() < before);
        }
        Optional<Pattern> pattern = Optional.ofNullable(asked.transactionalIdPattern())
                .filter(text -> !text.isEmpty()).map(ListTransactionsHandler::pattern);
        return pattern.isEmpty()
                ? wanted
                : wanted.and(it -> pattern.get().matches(it.id().value()));
    }

    /** Matched in a time that grows with the text: nobody stops the server by a pattern. */
    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException invalid) {
            throw Errors.INVALID_REGULAR_EXPRESSION.exception(
                    "Transactional ID pattern `" + text + "` is not a valid regular expression: "
                            + invalid.getMessage());
        }
    }

    private static ListTransactionsResponseData.TransactionState describe(
            TransactionState transaction) {
        return new ListTransactionsResponseData.TransactionState()
                .setTransactionalId(transaction.id().value())
                .setProducerId(transaction.producer().id())
                .setTransactionState(TransactionPhases.name(transaction.phase()));
    }
}
