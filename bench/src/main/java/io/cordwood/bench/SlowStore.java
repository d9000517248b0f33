package io.cordwood.bench;

import io.cordwood.store.object.faultproxy.FaultProxy;
import io.cordwood.store.object.faultproxy.WireFault;
import io.cordwood.store.object.s3server.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * Much more than fits memory for a server with 256 MB of heap, while its store takes only a few
 * megabytes a second on each connection: producers must wait, and memory must stay bounded.
 */
final class SlowStore {

    private static final Load LOAD = new Load("t", 10_000, 50, 1_000_000_000);
    private static final int PRODUCERS = 64;
    private static final int PARTITIONS = 8;
    private static final int CONNECTION_BYTES_PER_SECOND = 4 << 20;

    private SlowStore() {}

    static void run() throws Exception {
        try (Scratch scratch = Scratch.create();
                S3Server s3 = S3Server.inFolder(Files.createDirectory(scratch.path("s3")), 0);
                FaultProxy network = FaultProxy.start(s3.endpoint());
                ServerChild server = server(network, scratch);
                RawHttp http = new RawHttp(server.address())) {
            http.createTopic(LOAD.topic(), PARTITIONS);
            network.policy(request -> new WireFault.Slow(CONNECTION_BYTES_PER_SECOND));
            HttpProducers producers = new HttpProducers(server.address(), PRODUCERS);
            Stopwatch watch = Stopwatch.start();
            producers.produce(LOAD);
            double seconds = watch.seconds();
            network.policy(request -> new WireFault.Pass());
            new Figure("slow-store").with("bytes", LOAD.totalBytes())
                    .measured("seconds", seconds)
                    .measured("mb_per_second", LOAD.totalBytes() / 1e6 / seconds)
                    .measured("ack_p50_ms", producers.latencies().percentileMillis(50))
                    .measured("ack_p99_ms", producers.latencies().percentileMillis(99))
                    .with("acknowledged", (long) LOAD.requests() * LOAD.requestRecords())
                    .with("stored", stored(http)).with("refused", producers.refused())
                    .measured("server_cpu_s_per_gb",
                            server.cpuSeconds() * 1e9 / LOAD.totalBytes())
                    .with("heap_max_mib", 256).with("peak_rss_mib", server.peakMebibytes())
                    .print();
        }
    }

    private static ServerChild server(FaultProxy network, Scratch scratch) throws IOException {
        return ServerChild.start("256m",
                Map.of("bucket", "s3://" + S3Server.BUCKET + "/load", "local",
                        scratch.path("local").toString(), "s3.endpoint",
                        network.endpoint().toString(), "s3.path-style", "true"),
                Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY.id(), "AWS_SECRET_ACCESS_KEY",
                        S3Server.ACCESS_KEY.secret()),
                scratch.path("server.log"));
    }

    private static long stored(RawHttp http) throws IOException {
        long stored = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String answer = http.get("/topics/" + LOAD.topic() + "/partitions/" + partition
                    + "/offsets", "*/*").expectSuccess().text();
            stored += Long.parseLong(answer.replaceAll(".*\"end_offset\":(\\d+).*", "$1"));
        }
        return stored;
    }
}
