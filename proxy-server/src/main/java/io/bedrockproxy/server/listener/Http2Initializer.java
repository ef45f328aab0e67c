package io.bedrockproxy.server.listener;

import io.bedrockproxy.server.exchange.ExchangeServices;
import io.bedrockproxy.server.exchange.Http2ExchangeHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The HTTP/2 half of a downstream pipeline: one codec for the connection, one small pipeline for each stream. */
final class Http2Initializer {
    /** Per stream: the protocol's default; an upload is held in memory, so nothing is won by a larger one. */
    private static final int STREAM_WINDOW_BYTES = 64 * 1024;

    /** At most this many resets in a window of time, from either side, before the connection is an attack. */
    private static final int MAX_RESETS_PER_WINDOW = 200;

    private static final int RESET_WINDOW_SECONDS = 30;

    /** Answers to SETTINGS and PING that a client has not read: Envoy's limit; a client that reads has none. */
    private static final int MAX_QUEUED_CONTROL_FRAMES = 1000;

    /** One after the other, of which no client has a use (Netty's limit). */
    private static final int MAX_EMPTY_DATA_FRAMES = 2;

    /** Of one head, in frames that are not full (Netty's limit). */
    private static final int MAX_SMALL_CONTINUATION_FRAMES = 16;

    private Http2Initializer() {}

    static void addTo(
            ChannelPipeline pipeline, ListenerConfig config, InstantSource clock, Supplier<ExchangeServices> current) {
        Http2Settings settings = Http2Settings.defaultSettings()
                .maxConcurrentStreams(config.maxStreams())
                .initialWindowSize(STREAM_WINDOW_BYTES)
                .maxHeaderListSize(config.maxHeadBytes())
                .pushEnabled(false);
        settings.remove(io.netty.handler.codec.http2.Http2CodecUtil.SETTINGS_ENABLE_PUSH);
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(settings)
                .validateHeaders(true)
                // Who closes has waited for the open streams already, if they were worth it.
                .gracefulShutdownTimeoutMillis(0)
                .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS_PER_WINDOW, RESET_WINDOW_SECONDS)
                // Those that a client makes us send are as many (MadeYouReset).
                .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS_PER_WINDOW, RESET_WINDOW_SECONDS)
                .encoderEnforceMaxQueuedControlFrames(MAX_QUEUED_CONTROL_FRAMES)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_DATA_FRAMES)
                .decoderEnforceMaxSmallContinuationFrames(MAX_SMALL_CONTINUATION_FRAMES)
                .build();
        // Before the codec: sees frames that it takes for itself, and heads that are not whole yet.
        pipeline.addLast(PipelineNames.HTTP2_FRAMES, new Http2FrameGuard(config.headTimeout()));
        pipeline.addLast(PipelineNames.HTTP2_CODEC, codec);
        pipeline.addLast(
                PipelineNames.HTTP2_STREAMS,
                new Http2MultiplexHandler(new Streams(config.maxHeaderCount(), clock, current)));
        pipeline.addLast(PipelineNames.HTTP2_GUARD, new Http2ConnectionGuard(codec, config.keepAlive()));
        // Frames of all streams share the socket, so flow control is HTTP/2's own, per stream.
        pipeline.channel().config().setAutoRead(true);
    }

    /** The pipeline of one stream. */
    private static final class Streams extends ChannelInitializer<Channel> {
        private final int maxHeaderCount;
        private final InstantSource clock;
        private final Supplier<ExchangeServices> current;

        Streams(int maxHeaderCount, InstantSource clock, Supplier<ExchangeServices> current) {
            this.maxHeaderCount = maxHeaderCount;
            this.clock = clock;
            this.current = current;
        }

        @Override
        protected void initChannel(Channel stream) {
            stream.config().setAutoRead(false);
            // Frames to the same HTTP objects that HTTP/1 has, so that one Exchange serves both.
            stream.pipeline().addLast(PipelineNames.HTTP2_OBJECTS, new Http2StreamFrameToHttpObjectCodec(true));
            stream.pipeline().addLast(PipelineNames.HEAD_GUARD, new Http2HeadGuard(maxHeaderCount, clock));
            stream.pipeline().addLast(PipelineNames.READ_GATE, new ReadGate());
            stream.pipeline().addLast(PipelineNames.EXCHANGE, new Http2ExchangeHandler(current));
        }
    }
}
