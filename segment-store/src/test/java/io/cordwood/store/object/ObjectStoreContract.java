package io.cordwood.store.object;

/**
 * What every adapter and every decorator of the port does alike. A test class implements this for a
 * store, and gets all the tests.
 */
public interface ObjectStoreContract
        extends
            WriteContract,
            StreamContract,
            ReadContract,
            ListContract {}
