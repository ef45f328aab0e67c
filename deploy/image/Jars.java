import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A step of the image's build, run as {@code java Jars.java HOME}: leaves the jars of this platform in {@code lib}, puts
 * native code into {@code native}, and writes {@code java.args}.
 */
final class Jars {
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            // Of the container's memory; as much again at most for buffers, and about 60 MB for everything else.
            "-XX:MaxRAMPercentage=33",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-HeapDumpOnOutOfMemoryError",
            // It would write to /tmp, which may be read-only.
            "-XX:-UsePerfData");

    private Jars() {}

    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        Path nativeFolder = Files.createDirectories(home.resolve("native"));
        String suffix = System.getProperty("os.arch").equals("aarch64") ? "-linux-aarch_64.jar" : "-linux-x86_64.jar";
        List<Path> jars;
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            jars = files.sorted().toList();
        }
        int found = 0;
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            if (name.endsWith(suffix)) {
                found += extract(jar, nativeFolder);
            } else if (name.matches(".*-(linux|osx|windows)-(x86_64|aarch_64)\\.jar")) {
                Files.delete(jar);
            }
        }
        if (found < 2) {
            throw new IOException("found " + found + " native libraries in lib/*" + suffix + " (expected: 2 or more)");
        }
        write(home);
    }

    private static int extract(Path jar, Path folder) throws IOException {
        int found = 0;
        try (InputStream in = Files.newInputStream(jar);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".so")) {
                    Path file = folder.resolve(Path.of(entry.getName()).getFileName());
                    Files.copy(zip, file);
                    found++;
                }
            }
        }
        return found;
    }

    private static void write(Path home) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            jars = files.sorted().toList();
        }
        for (Path jar : jars) {
            // The cache of classes is refused when a jar's time differs, and builders may write times anew.
            Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        }
        String classPath = jars.stream().map(Path::toString).collect(Collectors.joining(":"));
        Files.writeString(
                home.resolve("java.args"),
                String.join("\n", FLAGS) + "\n-XX:AOTCache=" + home.resolve("classes.aot") + "\n-Djava.library.path="
                        + home.resolve("native") + "\n-cp\n" + classPath + "\nio.bedrockproxy.server.command.Main\n");
    }
}
