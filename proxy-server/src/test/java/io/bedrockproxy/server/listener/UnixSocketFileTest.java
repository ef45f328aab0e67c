package io.bedrockproxy.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockproxy.server.LeakCheck;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakCheck.class)
class UnixSocketFileTest {
    /** Not JUnit's, whose name may be too long for a socket. */
    private Path folder;

    private Path socket;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("uds");
        socket = folder.resolve("s");
    }

    @AfterEach
    void removeFolder() throws IOException {
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder);
    }

    static Stream<Transport> transports() {
        return Stream.of(Transport.best(), Transport.nio());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void isBoundAndGoesWithTheChannelOnEveryTransport(Transport transport) throws IOException {
        EventLoopGroup loops = transport.newEventLoops(1);
        try {
            UnixSocketFile.prepare(socket);
            Channel bound = new ServerBootstrap()
                    .group(loops)
                    .channel(transport.unixServerType())
                    .childHandler(new ChannelInboundHandlerAdapter())
                    .bind(transport.unixAddress().apply(socket))
                    .syncUninterruptibly()
                    .channel();
            UnixSocketFile.open(socket);
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                assertThat(client.isConnected()).isTrue();
            }
            assertThatThrownBy(() -> UnixSocketFile.prepare(socket)).hasMessageContaining("already in use");
            bound.close().syncUninterruptibly();
            assertThat(socket).doesNotExist();
        } finally {
            loops.shutdownGracefully().syncUninterruptibly();
        }
    }

    @Test
    void aSocketWithoutAProcessMakesWay() throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        UnixSocketFile.prepare(socket);
        assertThat(socket).doesNotExist();
    }

    @Test
    void nothingElseIsTakenAway() throws IOException {
        Files.writeString(socket, "precious");
        assertThatThrownBy(() -> UnixSocketFile.prepare(socket))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("a file that is no socket");
        assertThat(socket).hasContent("precious");
        Files.delete(socket);

        Path target = Files.writeString(folder.resolve("target"), "precious");
        Files.createSymbolicLink(socket, target);
        assertThatThrownBy(() -> UnixSocketFile.prepare(socket)).hasMessageContaining("a file that is no socket");
        assertThat(socket).isSymbolicLink();
        Files.delete(target);

        assertThatThrownBy(() -> UnixSocketFile.prepare(folder.resolve("none/s")))
                .hasMessageContaining("there is no folder " + folder.resolve("none"));
    }
}
