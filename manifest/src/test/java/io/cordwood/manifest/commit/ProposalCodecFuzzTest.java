package io.cordwood.manifest.commit;

import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.RandomHistory;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a committer is sent is corrupt, or a proposal that it can judge. */
class ProposalCodecFuzzTest {

    private static final int HEAD = 8;
    private static final int BODY_LENGTH = 4;
    private static final ManifestState STATE = state();

    static Stream<Arguments> seeds() {
        return new RandomProposals(new Random(3)).ofEveryKind(STATE).stream()
                .map(proposal -> arguments(named(proposal.getClass().getSimpleName(),
                        ProposalCodec.encode(proposal).copy().array())));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadCanBeJudgedAndIsSentAlike(byte[] input) {
        ProposalScrutiny.of(ByteBuffer.wrap(input), STATE);
        if (input.length >= HEAD) {
            ByteBuffer bytes = ByteBuffer.wrap(input.clone());
            bytes.putInt(BODY_LENGTH,
                    Math.clamp(bytes.getInt(BODY_LENGTH), 0, input.length - HEAD));
            ProposalScrutiny.of(ProposalScrutiny.sealed(bytes), STATE);
        }
    }

    private static ManifestState state() {
        RandomHistory history = new RandomHistory(new Random(3));
        for (int i = 0; i < 60; i++) {
            history.step();
        }
        return history.state();
    }
}
