package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import java.util.Optional;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData.DescribeUserScramCredentialsResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeUserScramCredentialsRequest;

/** Tells that no user has credentials. */
public record DescribeUserScramCredentialsHandler()
        implements
            ApiHandler<DescribeUserScramCredentialsRequest> {

    @Override
    public Future<Answer> handle(Call call, DescribeUserScramCredentialsRequest request) {
        var response = new DescribeUserScramCredentialsResponseData();
        Optional.ofNullable(request.data().users()).ifPresent(users -> users.forEach(
                user -> response.results().add(new DescribeUserScramCredentialsResult()
                        .setUser(user.name()).setErrorCode(Errors.RESOURCE_NOT_FOUND.code())
                        .setErrorMessage("Attempt to describe a user credential that does not "
                                + "exist"))));
        return Future.succeededFuture(Answer.Response.of(response));
    }
}
