package io.cordwood.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The code of the project once more, with a bug in it. Classes of the project are loaded here and
 * not by the parent; the compiled bug comes before the class as it is.
 */
final class PlantedCode extends ClassLoader {

    private static final String OURS = "io.cordwood.";

    private final Path compiled;

    /** Compiles the bug into an empty folder. */
    PlantedCode(PlantedBug bug, Path compiled) {
        super(PlantedCode.class.getClassLoader());
        this.compiled = compiled;
        compile(bug, compiled);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(OURS)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        Path planted = compiled.resolve(file);
        try (InputStream bytes = Files.exists(planted)
                ? Files.newInputStream(planted)
                : getParent().getResourceAsStream(file)) {
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = bytes.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }

    private static void compile(PlantedBug bug, Path into) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        boolean compiles = compiler.getTask(complaints, null, null,
                List.of("-proc:none", "-nowarn", "-parameters", "-d", into.toString(), "-classpath",
                        System.getProperty("java.class.path")),
                null, List.of(source(bug))).call();
        if (!compiles) {
            throw new AssertionError("the bug has to be planted anew: " + complaints);
        }
    }

    private static JavaFileObject source(PlantedBug bug) {
        Path file = Path.of("..").resolve(bug.source());
        try {
            String code = Files.readString(file);
            for (PlantedBug.Edit edit : bug.edits()) {
                code = edit.apply(code);
            }
            return new Source(file.toUri(), code);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(URI uri, String code) {
            super(uri, Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
