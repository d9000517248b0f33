package io.cordwood.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.cordwood.server.grpc.EdgeServer.Ending;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthListRequest;
import io.vertx.grpc.health.v1.HealthListResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthAndReflectionTest {

    private final EdgeServer server = new EdgeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void healthIsThatOfTheLogForTheServerAndForTheService() {
        assertThat(check("").answers().getFirst().getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(check("cordwood.v1.Log").answers().getFirst().getStatus())
                .isEqualTo(ServingStatus.SERVING);

        server.stopServing();

        assertThat(check("").answers().getFirst().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(check("cordwood.v1.Log").answers().getFirst().getStatus())
                .isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void aServiceThatDoesNotExistHasNoHealth() {
        assertThat(check("nothing").status()).isEqualTo(GrpcStatus.NOT_FOUND);
    }

    @Test
    void healthIsListed() {
        HealthListResponse listed = ask("grpc.health.v1.Health", "List",
                HealthListRequest.getDefaultInstance(), HealthListResponse.getDefaultInstance())
                .answers().getFirst();

        assertThat(listed.getStatusesMap()).containsOnlyKeys("", "cordwood.v1.Log");
    }

    @Test
    void whoWatchesIsToldHowItIsAndWhenItChanges() throws Exception {
        GrpcClientRequest<HealthCheckRequest, HealthCheckResponse> call = server.call(
                ServiceName.create("grpc.health.v1.Health"), "Watch",
                HealthCheckResponse.getDefaultInstance());
        Reader<HealthCheckResponse> reader = Reader.of(call,
                HealthCheckRequest.getDefaultInstance());

        HealthCheckResponse first = reader.next();
        server.stopServing();
        HealthCheckResponse second = reader.next();

        assertThat(first.getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(second.getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void reflectionListsTheServicesAndShowsTheirFiles() {
        ServerReflectionResponse services = reflect(ServerReflectionRequest.newBuilder()
                .setListServices("").build());
        ServerReflectionResponse file = reflect(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("cordwood.v1.Log").build());

        assertThat(services.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains("cordwood.v1.Log", "grpc.health.v1.Health");
        assertThat(file.getFileDescriptorResponse().getFileDescriptorProtoList())
                .anySatisfy(bytes -> assertThat(bytes.toStringUtf8()).contains("ProduceStream"));
    }

    private Ending<HealthCheckResponse> check(String service) {
        return ask("grpc.health.v1.Health", "Check",
                HealthCheckRequest.newBuilder().setService(service).build(),
                HealthCheckResponse.getDefaultInstance());
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest request) {
        return ask("grpc.reflection.v1.ServerReflection", "ServerReflectionInfo", request,
                ServerReflectionResponse.getDefaultInstance()).answers().getFirst();
    }

    private <A extends MessageLite> Ending<A> ask(String service, String method,
            MessageLite question, A answer) {
        GrpcClientRequest<MessageLite, A> call = server.call(ServiceName.create(service), method,
                answer);
        return EdgeServer.ask(call, question).await();
    }
}
