package io.bedrockproxy.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.endpoint.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpstreamConnectionTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Endpoint endpoint = new Endpoint("http", "localhost", 1, "us-east-1", "bedrock");
    private final ResponseDecoder decoder = new ResponseDecoder(8192);
    private final Recorded recorded = new Recorded();
    private final UpstreamPool pool;
    private final UpstreamConnection connection;

    UpstreamConnectionTest() throws IOException {
        UpstreamConfig config = new UpstreamConfig(SECOND, SECOND, SECOND.multipliedBy(60), 4, 8192, null);
        UpstreamConnector connector = new UpstreamConnector(
                config, UpstreamTls.create(config), NioSocketChannel.class, DefaultAddressResolverGroup.INSTANCE);
        pool = new UpstreamPool(channel.eventLoop(), connector, config);
        connection = new UpstreamConnection(pool, endpoint, channel, decoder);
        channel.config().setAutoRead(false);
    }

    @Test
    void bodyLargerThanTheWaterMarkIsWrittenOnceWithOneEnd() {
        channel.pipeline().addLast(decoder, connection.handler());
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(50, 100));

        connection.send(post(800), pieces(200, 200, 200, 200).iterator(), recorded);

        List<Object> written = outbound();
        assertThat(written).hasSize(6);
        assertThat(written).filteredOn(LastHttpContent.class::isInstance).hasSize(1);
        assertThat(written.get(5)).isInstanceOf(LastHttpContent.class);
    }

    @Test
    void anErrorBeforeTheRequestIsWrittenEndsTheSending() {
        StuckSocket socket = new StuckSocket();
        channel.pipeline().addLast(socket, decoder, connection.handler());
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(50, 100));
        List<ByteBuf> pieces = pieces(200, 200, 200);
        connection.send(post(600), pieces.iterator(), recorded);
        assertThat(connection.isSending()).isTrue();

        receive("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n");
        assertThat(connection.isSending()).isFalse();
        pieces.clear();
        socket.unstick();
        receive("no");

        assertThat(recorded.events).containsExactly("head 403", "chunk 2", "end");
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aSuccessBeforeTheRequestIsWrittenDoesNotEndTheSending() {
        StuckSocket socket = new StuckSocket();
        channel.pipeline().addLast(socket, decoder, connection.handler());
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(50, 100));
        connection.send(post(600), pieces(200, 200, 200).iterator(), recorded);

        receive("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        socket.unstick();
        assertThat(connection.isSending()).isFalse();
        receive("ok");

        assertThat(recorded.events).containsExactly("head 200", "chunk 2", "end");
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void bytesThatNobodyAskedForMakeAnIdleConnectionUnusable() {
        channel.pipeline().addLast(decoder, connection.handler());
        connection.send(post(0), List.<ByteBuf>of().iterator(), recorded);
        receive(OK);
        assertThat(recorded.events).endsWith("end");

        receive("HTT");

        assertThat(pool.acquireNow(endpoint)).isNull();
    }

    @Test
    void anIdleConnectionIsUsedAgain() {
        channel.pipeline().addLast(decoder, connection.handler());
        connection.send(post(0), List.<ByteBuf>of().iterator(), recorded);

        receive(OK);

        assertThat(pool.acquireNow(endpoint)).isSameAs(connection);
    }

    @Test
    void aReusedConnectionThatDiesAtOnceHasNotProcessedTheRequest() {
        reuse();

        channel.close();
        channel.runPendingTasks();

        assertThat(recorded.events).endsWith("failed unprocessed");
    }

    @Test
    void aReusedConnectionThatDiesMuchLaterMayHaveProcessedTheRequest() {
        reuse();

        channel.advanceTimeBy(5, TimeUnit.SECONDS);
        channel.close();
        channel.runPendingTasks();

        assertThat(recorded.events).endsWith("failed");
    }

    private void reuse() {
        channel.freezeTime();
        channel.pipeline().addLast(decoder, connection.handler());
        connection.send(post(0), List.<ByteBuf>of().iterator(), recorded);
        receive(OK);
        assertThat(pool.acquireNow(endpoint)).isSameAs(connection);
        connection.send(post(0), List.<ByteBuf>of().iterator(), recorded);
    }

    private static HttpRequest post(int length) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        request.headers().set("content-length", length);
        return request;
    }

    private static List<ByteBuf> pieces(int... lengths) {
        List<ByteBuf> pieces = new ArrayList<>();
        for (int length : lengths) {
            pieces.add(Unpooled.wrappedBuffer(new byte[length]));
        }
        return pieces;
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private List<Object> outbound() {
        return new ArrayList<>(channel.outboundMessages());
    }

    /** The socket takes nothing until it is unstuck. */
    private static final class StuckSocket extends ChannelOutboundHandlerAdapter {
        private @Nullable ChannelHandlerContext ctx;
        private boolean stuck = true;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            ctx = added;
        }

        @Override
        public void flush(ChannelHandlerContext flushed) {
            if (!stuck) {
                flushed.flush();
            }
        }

        void unstick() {
            stuck = false;
            Objects.requireNonNull(ctx).flush();
        }
    }

    /** Notes what it is told. */
    private static final class Recorded implements ResponseConsumer {
        private final List<String> events = new ArrayList<>();

        @Override
        public void onResponseHead(HttpResponse head) {
            events.add("head " + head.status().code());
        }

        @Override
        public void onResponseChunk(ByteBuf chunk) {
            events.add("chunk " + chunk.readableBytes());
            chunk.release();
        }

        @Override
        public void onResponseReadComplete() {
            // Reads are the test's business.
        }

        @Override
        public void onResponseEnd() {
            events.add("end");
        }

        @Override
        public void onUpstreamFailure(UpstreamFailure failure) {
            events.add(failure.isUnprocessed() ? "failed unprocessed" : "failed");
        }
    }
}
