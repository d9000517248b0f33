package io.cordwood.kafka.configs;

import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/** Where a setting may have its value from: of several, the first counts. */
record Origin(String name, String value, ConfigSource source) {}
