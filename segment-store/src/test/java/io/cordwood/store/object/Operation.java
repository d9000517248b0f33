package io.cordwood.store.object;

/** What a store can be asked to do. */
public enum Operation {
    PUT, PUT_IF_ABSENT, READ, GET, DELETE, LIST;

    /** Whether it changes the store. */
    public boolean isWrite() {
        return switch (this) {
            case PUT, PUT_IF_ABSENT, DELETE -> true;
            case READ, GET, LIST -> false;
        };
    }
}
