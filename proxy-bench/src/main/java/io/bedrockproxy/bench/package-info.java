/** JMH benchmarks: one question each; how to run them stands in this module's pom.xml, results in docs/benchmarks. */
@NullMarked
package io.bedrockproxy.bench;

import org.jspecify.annotations.NullMarked;
