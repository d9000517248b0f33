package io.cordwood.simulation.truth;

import java.util.LinkedHashSet;
import java.util.Set;

/** What processes were asked for beside appends. */
public final class Inquiries {

    private final Set<Inquiry> open = new LinkedHashSet<>();
    private long asked;

    /** A process is asked for something. */
    public Inquiry ask(String what, int life, long nowNanos) {
        asked++;
        Inquiry inquiry = new Inquiry(asked, what, life, nowNanos);
        open.add(inquiry);
        return inquiry;
    }

    /** It has answered. */
    public void answered(Inquiry inquiry) {
        open.remove(inquiry);
    }

    /** Whatever a process was asked for and has not answered it never will. */
    public void processEnded(int life) {
        open.removeIf(inquiry -> inquiry.life() == life);
    }

    /** What may still be answered, oldest first. */
    public Set<Inquiry> open() {
        return open;
    }
}
