package io.cordwood.server.settings;

import java.util.List;

/** Settings that cannot be used, with everything that is wrong with them. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, each in a sentence. */
    public List<String> problems() {
        return problems;
    }
}
