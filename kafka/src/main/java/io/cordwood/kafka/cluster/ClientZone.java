package io.cordwood.kafka.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The zone that a client says it is in, in its client id: a part {@code zone=NAME}, set off from
 * others by a comma, a semicolon, an ampersand or a space. Requests for metadata have no other
 * place for it. What clients of other services say there is understood, too.
 */
final class ClientZone {

    private static final Pattern PART = Pattern.compile(
            "(?:^|[,;& ])(?:zone|rack|ws_az|warpstream_az|diskless_az|inkless_az|automq_az)"
                    + "=([A-Za-z0-9._:-]{1,100})(?=$|[,;& ])");

    private ClientZone() {}

    /** Empty where nothing is said. */
    static Optional<String> of(String clientId) {
        Matcher matcher = PART.matcher(clientId);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
