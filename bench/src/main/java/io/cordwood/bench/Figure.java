package io.cordwood.bench;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;

/** One line of JSON: what was measured, under which conditions, and what came out. */
public final class Figure {

    private static final MathContext SHOWN = new MathContext(4);

    private final JsonObject line = new JsonObject();

    /** Begins a line of a scenario. */
    public Figure(String scenario) {
        line.put("scenario", scenario);
    }

    /** Adds what a condition was, or what is counted. */
    public Figure with(String name, Object value) {
        line.put(name, value);
        return this;
    }

    /** Adds a measured number, to as many digits as a measurement has. */
    public Figure measured(String name, double value) {
        line.put(name, new BigDecimal(value).round(SHOWN).doubleValue());
        return this;
    }

    /** Prints the line. */
    public void print() {
        System.out.println(line.encode());
    }
}
