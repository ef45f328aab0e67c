package io.bedrockproxy.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("file"), "one");
    }

    private FileStamps now() {
        return FileStamps.of(List.of(file));
    }

    @Test
    void areEqualWhileNothingHappens() {
        assertThat(now()).isEqualTo(now());
    }

    @Test
    void seeAnotherLength() throws IOException {
        FileStamps before = now();
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "three");
        Files.setLastModifiedTime(file, time);

        assertThat(now()).isNotEqualTo(before);
    }

    @Test
    void seeAnotherTimeInNanoseconds() throws IOException {
        Instant time = Instant.ofEpochSecond(1_700_000_000, 5000);
        Files.setLastModifiedTime(file, FileTime.from(time));
        FileStamps before = now();
        Files.setLastModifiedTime(file, FileTime.from(time.plusNanos(1000)));

        assertThat(now()).isNotEqualTo(before);
    }

    @Test
    void seeAFileInPlaceOfAnotherThatLooksTheSame() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        FileStamps before = now();
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(now()).as("same name, length and time, another inode").isNotEqualTo(before);
    }

    @Test
    void seeThatAFileMayBeReadNow() throws IOException {
        FileStamps before = now();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(now()).isNotEqualTo(before);
    }

    @Test
    void seeAFileGoAndComeBack() throws IOException {
        FileStamps before = now();
        Files.delete(file);
        FileStamps gone = now();
        Files.writeString(file, "one");

        assertThat(gone).isNotEqualTo(before);
        assertThat(now()).isNotEqualTo(gone);
    }

    /** Kubernetes mounts: name -> ..data/name, ..data -> ..time, and a rename swaps ..data. */
    @Test
    void seeALinkAboveTheFileSwapped() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        for (String version : List.of("..v1", "..v2")) {
            Files.createDirectory(folder.resolve(version));
            Path name = Files.writeString(folder.resolve(version).resolve("name"), "same");
            Files.setLastModifiedTime(name, time);
        }
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..v1"));
        file = Files.createSymbolicLink(folder.resolve("name"), Path.of("..data", "name"));
        FileStamps before = now();
        Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("..v2"));
        Files.move(folder.resolve("..tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(now()).isNotEqualTo(before);
    }

    @Test
    void tellAFileThatWasTouchedByItsContents() throws IOException {
        FileStamps before = now();
        FileContents held = FileContents.of(List.of(file));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        assertThat(now()).isNotEqualTo(before);
        assertThat(FileContents.of(List.of(file))).isEqualTo(held).hasSameHashCodeAs(held);
        Files.writeString(file, "two");
        assertThat(FileContents.of(List.of(file))).isNotEqualTo(held);
        assertThat(held.print(file)).isNotEqualTo(FileContents.of(List.of(file)).print(file));
        String print = held.print(file).get(0);
        assertThat(held).asString().doesNotContain(print.substring(print.lastIndexOf(' ') + 1));
    }
}
