package io.cordwood.server.grpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthListRequest;
import io.vertx.grpc.health.v1.HealthListResponse;
import io.vertx.grpc.health.v1.HealthProto;
import io.vertx.grpc.server.StatusException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The service {@code grpc.health.v1.Health}. The health of the server, which is asked for with the
 * empty name, is that of the log.
 *
 * <p>Written here because the library's own service calls the server healthy whatever it is told,
 * and keeps those who watch after they have gone.
 */
final class HealthService {

    static final ServiceDescriptor DESCRIPTOR = HealthProto.getDescriptor()
            .findServiceByName("Health");

    private static final Set<String> NAMES = Set.of("", LogService.DESCRIPTOR.getFullName());
    private static final long LOOK_MILLIS = 1000;

    private final Vertx vertx;
    private final Supplier<Future<Boolean>> serving;

    HealthService(Vertx vertx, Supplier<Future<Boolean>> serving) {
        this.vertx = vertx;
        this.serving = serving;
    }

    void bind(Methods methods) {
        methods.unary("Check", HealthCheckRequest.parser(), this::check)
                .unary("List", HealthListRequest.parser(), this::list)
                .<HealthCheckRequest, HealthCheckResponse>streaming("Watch",
                        HealthCheckRequest.parser(), call -> call.onOneMessage(
                                message -> watch(call, message.value().getService(),
                                        HealthCheckResponse.getDefaultInstance())));
    }

    private Future<HealthCheckResponse> check(Received<HealthCheckRequest> request) {
        if (!NAMES.contains(request.value().getService())) {
            return Future.failedFuture(new StatusException(GrpcStatus.NOT_FOUND,
                    "there is no service " + request.value().getService()));
        }
        return look();
    }

    private Future<HealthListResponse> list(Received<HealthListRequest> request) {
        return look().map(health -> {
            HealthListResponse.Builder all = HealthListResponse.newBuilder();
            NAMES.forEach(name -> all.putStatuses(name, health));
            return all.build();
        });
    }

    /** Says how it is, and again each time that it is otherwise. */
    private void watch(Call<HealthCheckRequest, HealthCheckResponse> call, String name,
            HealthCheckResponse said) {
        if (!call.open()) {
            return;
        }
        Future<HealthCheckResponse> health = NAMES.contains(name)
                ? look()
                : Future.succeededFuture(response(ServingStatus.SERVICE_UNKNOWN));
        health.onSuccess(now -> {
            if (!now.equals(said)) {
                call.write(now);
            }
            vertx.setTimer(LOOK_MILLIS, passed -> watch(call, name, now));
        });
    }

    private Future<HealthCheckResponse> look() {
        return serving.get().otherwise(false).map(well -> response(
                well ? ServingStatus.SERVING : ServingStatus.NOT_SERVING));
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }
}
