package io.bedrockproxy.server.config.load;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this process may use; {@code auto} is worked out from it.
 *
 * @param heapBytes the most heap
 * @param directBytes the most memory outside the heap, where bodies are
 * @param fileDescriptors the most open files and sockets
 */
public record MachineLimits(long heapBytes, long directBytes, long fileDescriptors) {
    private static final long MAX_BUFFERED_BODIES = 256L << 20;
    /** An idle connection was measured at 18 to 28 KiB of resident memory. */
    private static final long BYTES_PER_CONNECTION = 32L << 10;
    /** Jars, log files, the admin listener, STS. */
    private static final long RESERVED_DESCRIPTORS = 128;

    private static final int MIN_CONNECTIONS = 16;
    private static final int MAX_CONNECTIONS = 65_536;
    private static final Path PROC_LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d+)");
    /** Where there is no /proc: what macOS gives a JVM is more, Windows has no such limit. */
    private static final long ASSUMED_DESCRIPTORS = 8_192;

    /** Asks the JVM and the kernel. */
    public static MachineLimits ofThisProcess() {
        return new MachineLimits(
                Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory(), descriptors(PROC_LIMITS));
    }

    /** {@code limits.buffered-bodies = auto}: a quarter of the memory, at most 256 MiB. */
    public long bufferedBodiesBytes() {
        return Math.min(MAX_BUFFERED_BODIES, memory() / 4);
    }

    /**
     * {@code limits.connections = auto}: each may need a second descriptor for the upstream, and all together may take
     * half of the memory when idle.
     */
    public int connections() {
        long byDescriptors = (fileDescriptors - RESERVED_DESCRIPTORS) / 2;
        long byMemory = memory() / 2 / BYTES_PER_CONNECTION;
        return (int) Math.max(MIN_CONNECTIONS, Math.min(MAX_CONNECTIONS, Math.min(byDescriptors, byMemory)));
    }

    /** Heap and direct memory together; what has no limit counts as very much. */
    long memory() {
        return Math.min(heapBytes, 1L << 50) + Math.min(directBytes, 1L << 50);
    }

    static long descriptors(Path limits) {
        try {
            Matcher matcher = OPEN_FILES.matcher(Files.readString(limits));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : ASSUMED_DESCRIPTORS;
        } catch (IOException | NumberFormatException e) {
            return ASSUMED_DESCRIPTORS;
        }
    }
}
