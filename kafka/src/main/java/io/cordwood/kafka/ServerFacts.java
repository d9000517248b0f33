package io.cordwood.kafka;

import static io.cordwood.kafka.configs.BrokerFact.chosen;
import static io.cordwood.kafka.configs.BrokerFact.fixed;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.configs.BrokerFact;
import io.cordwood.kafka.producers.InitProducerIdHandler;
import io.cordwood.kafka.topics.CreateTopicsHandler;
import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.manifest.commit.ProducerExpiry;
import io.cordwood.manifest.commit.TransactionExpiry;
import java.time.Duration;
import java.util.List;

/** What the server is set to while it runs, under the names that Kafka's brokers have for it. */
record ServerFacts(KafkaSettings settings, Brokers brokers) {

    /** All of it, as seen by who has reached the server there. */
    List<BrokerFact> seenFrom(Endpoint reached) {
        return List.of(
                chosen("broker.id", INT, text(brokers.self()), "The id of this server."),
                chosen("node.id", INT, text(brokers.self()), "The id of this server."),
                chosen("listeners", LIST, listener(settings.listen()),
                        "Where this server listens."),
                chosen("advertised.listeners", LIST,
                        listener(settings.advertised().orElse(reached)),
                        "Where clients are told to connect to."),
                chosen("log.dirs", LIST, settings.logDir(), "Where the log is kept."),
                chosen("auto.create.topics.enable", BOOLEAN,
                        Boolean.toString(settings.autoCreate()),
                        "Whether a topic that a client asks for is made."),
                chosen("socket.request.max.bytes", INT,
                        text(settings.bounds().frameBytesMax()), "The largest request."),
                chosen("fetch.max.bytes", INT, text(settings.fetchBytesMax()),
                        "The most that is read for one fetch."),
                fixed("num.partitions", INT,
                        text(CreateTopicsHandler.PARTITIONS_IF_NOT_SAID),
                        "How many partitions a topic gets if nobody says."),
                fixed("default.replication.factor", INT,
                        text(CreateTopicsHandler.REPLICATION_FACTOR),
                        "The bucket keeps the copies: there is one replica of everything."),
                fixed("delete.topic.enable", BOOLEAN, "true",
                        "Whether topics can be deleted."),
                fixed("connections.max.idle.ms", LONG,
                        text(Duration.ofMinutes(KafkaEdge.IDLE_MINUTES_MAX)),
                        "How long a connection may be idle."),
                fixed("transaction.max.timeout.ms", INT,
                        text(InitProducerIdHandler.TIMEOUT_MILLIS_MAX),
                        "The longest that a transaction may stay open."),
                fixed("transactional.id.expiration.ms", INT,
                        text(TransactionExpiry.UNUSED_MAX),
                        "How long a transactional id is kept that nobody uses."),
                fixed("producer.id.expiration.ms", INT, text(ProducerExpiry.SILENCE_MAX),
                        "How long a partition remembers a producer that is silent."));
    }

    private static String text(long number) {
        return Long.toString(number);
    }

    private static String text(Duration duration) {
        return text(duration.toMillis());
    }

    private static String listener(Endpoint address) {
        return "PLAINTEXT://" + address.host() + ":" + address.port();
    }
}
