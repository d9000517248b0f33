package io.cordwood.server.cli;

import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.ServerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which server a command talks to. */
final class ServerOption {

    @Option(names = "--server", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:8082",
            converter = AddressConverter.class, order = 90,
            description = "The server to talk to (${DEFAULT-VALUE}).")
    private ServerAddress server = new ServerAddress("127.0.0.1", 8082);

    LogConnection connect() {
        return new LogConnection(server);
    }

    /** Reads addresses for picocli. */
    static final class AddressConverter implements ITypeConverter<ServerAddress> {

        @Override
        public ServerAddress convert(String text) {
            try {
                return ServerAddress.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        }
    }
}
