package io.cordwood.manifest.commit;

import io.cordwood.store.object.Bytes;
import java.util.List;

/** A decision as a value: bytes are what they hold, and reasons what they say. */
record DecisionView(Class<?> kind, List<?> parts) {

    static DecisionView of(Decision<?> decision) {
        return new DecisionView(decision.getClass(), switch (decision) {
            case Decision.Accepted<?> accepted -> List.of(accepted.event(),
                    accepted.inline().stream().map(Bytes::copy).toList(),
                    answer(accepted.answer()));
            case Decision.Settled<?> settled -> List.of(answer(settled.answer()));
            case Decision.Refused<?> refused -> List.of(refused.reason().toString());
        });
    }

    private static Object answer(Object answer) {
        return switch (answer) {
            case List<?> outcomes -> outcomes.stream().map(DecisionView::answer).toList();
            case RunOutcome.Divided divided -> answer(divided.batches());
            case RunOutcome.Refused refused -> refused.reason().toString();
            default -> answer;
        };
    }
}
