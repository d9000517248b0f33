package io.cordwood.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

    private static final int LENGTH_MAX = 100;

    private final FrameDecoder decoder = new FrameDecoder(LENGTH_MAX);
    private final List<byte[]> frames = new ArrayList<>();

    @Test
    void framesComeOutAsTheyWentInHoweverTheBytesAreCut() {
        for (int seed = 0; seed < 200; seed++) {
            frames.clear();
            Random random = new Random(seed);
            List<byte[]> sent = new ArrayList<>();
            ByteBuf stream = Unpooled.buffer();
            for (int i = 0; i < 20; i++) {
                byte[] frame = new byte[FrameDecoder.LENGTH_MIN + random.nextInt(60)];
                random.nextBytes(frame);
                sent.add(frame);
                stream.writeInt(frame.length).writeBytes(frame);
            }

            while (stream.isReadable()) {
                feed(stream.readBytes(1 + random.nextInt(Math.min(50, stream.readableBytes()))));
            }

            assertThat(frames).as("seed %d", seed).usingElementComparator(Arrays::compare)
                    .isEqualTo(sent);
        }
    }

    @Test
    void memoryIsTakenOnlyWhenThereIsRoomForTheFrame() {
        ByteBuf bytes = Unpooled.buffer().writeInt(50).writeBytes(new byte[50]);

        assertThat(decoder.advance(bytes)).isEqualTo(new FrameDecoder.Step.Announced(50));
        assertThat(bytes.readableBytes()).isEqualTo(50);
        assertThatThrownBy(() -> decoder.advance(bytes)).isInstanceOf(AssertionError.class);
        decoder.begin();
        assertThat(decoder.advance(bytes)).isInstanceOf(FrameDecoder.Step.Complete.class);
    }

    @Test
    void aLengthThatNoRequestHasIsRefused() {
        for (int length : new int[]{Integer.MIN_VALUE, -1, 0, FrameDecoder.LENGTH_MIN - 1,
                LENGTH_MAX + 1, Integer.MAX_VALUE}) {
            FrameDecoder fresh = new FrameDecoder(LENGTH_MAX);
            assertThatThrownBy(() -> fresh.advance(Unpooled.buffer().writeInt(length)))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    private void feed(ByteBuf bytes) {
        boolean starved = false;
        while (!starved) {
            switch (decoder.advance(bytes)) {
                case FrameDecoder.Step.Starved none -> starved = true;
                case FrameDecoder.Step.Announced announced -> decoder.begin();
                case FrameDecoder.Step.Complete complete -> frames.add(array(complete.frame()));
            }
        }
    }

    private static byte[] array(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
