package io.cordwood.server.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.UnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class VertxWorkersTest {

    private final Vertx vertx = Vertx.vertx();
    private final VertxWorkers workers = new VertxWorkers(vertx, "workers", 1);

    @Test
    void whatTheWorkGivesOrThrowsIsTheOutcome() {
        assertThat(workers.call(() -> 5).await()).isEqualTo(5);
        Future<Integer> failed = workers.call(() -> {
            throw new IOException("no disk");
        });
        assertThatThrownBy(failed::await).isInstanceOf(IOException.class);
        vertx.close().await();
    }

    @Test
    void afterTheEndNothingIsDoneAndThatIsSaid() {
        vertx.close().await();

        Future<Integer> late = workers.call(() -> 5);

        assertThatThrownBy(late::await).isInstanceOf(UnavailableException.class);
    }
}
