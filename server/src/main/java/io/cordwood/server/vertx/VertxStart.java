package io.cordwood.server.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/**
 * Starts Vert.x without files of its own. It would make a directory at its start, for resources on
 * the class path that are asked for as if they were files. Nobody here does, and a process that is
 * killed could not delete it.
 */
public final class VertxStart {

    private VertxStart() {}

    /** An instance with the usual options. */
    public static Vertx standard() {
        return with(new VertxOptions());
    }

    /** An instance with the options, which are changed. */
    public static Vertx with(VertxOptions options) {
        return Vertx.vertx(options.setFileSystemOptions(new FileSystemOptions()
                .setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }
}
