package io.cordwood.history.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.CorruptException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;

class RunLengthsTest {

    @Test
    void whatParquetsOwnEncoderWritesIsRead() throws IOException {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            int bitWidth = random.nextInt(20);
            int[] numbers = numbers(random, bitWidth);

            int[] read = RunLengths.read(encoded(numbers, bitWidth), bitWidth, numbers.length);

            assertThat(read).as("seed %d", seed).isEqualTo(numbers);
        }
    }

    @Test
    void whatFollowsTheNumbersIsLeft() {
        ByteBuffer in = ByteBuffer.wrap(new byte[]{6, 1, 99});

        assertThat(RunLengths.read(in, 1, 3)).containsExactly(1, 1, 1);
        assertThat(in.remaining()).isEqualTo(1);
    }

    @Test
    void aClaimThatIsTooLargeIsNotBelieved() {
        ByteBuffer groups = ByteBuffer.wrap(new byte[]{-1, -1, -1, -1, 7, 0});
        ByteBuffer endless = ByteBuffer.wrap(new byte[]{-1, -1, -1, -1, -1, -1, -1});
        ByteBuffer nothing = ByteBuffer.wrap(new byte[]{0, 1});

        assertThatThrownBy(() -> RunLengths.read(groups, 1, 9))
                .isInstanceOf(CorruptException.class);
        assertThatThrownBy(() -> RunLengths.read(endless, 1, 9))
                .isInstanceOf(CorruptException.class);
        assertThatThrownBy(() -> RunLengths.read(nothing, 1, 9))
                .isInstanceOf(CorruptException.class);
    }

    @Test
    void whateverTheBytesAreTheyAreReadOrRefused() {
        for (long seed = 1; seed <= 5_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                assertThat(RunLengths.read(ByteBuffer.wrap(bytes), random.nextInt(33), 50))
                        .hasSize(50);
            } catch (CorruptException | BufferUnderflowException expected) {
                assertThat(expected).isNotNull();
            }
        }
    }

    private static int[] numbers(Random random, int bitWidth) {
        int[] numbers = new int[random.nextInt(300)];
        int i = 0;
        while (i < numbers.length) {
            int number = random.nextInt(1 << bitWidth);
            for (int run = 1 + random.nextInt(20); run > 0 && i < numbers.length; run--) {
                numbers[i++] = random.nextInt(3) == 0 ? random.nextInt(1 << bitWidth) : number;
            }
        }
        return numbers;
    }

    private static ByteBuffer encoded(int[] numbers, int bitWidth) throws IOException {
        RunLengthBitPackingHybridEncoder encoder = new RunLengthBitPackingHybridEncoder(bitWidth,
                64, 1 << 16, new HeapByteBufferAllocator());
        for (int number : numbers) {
            encoder.writeInt(number);
        }
        return encoder.toBytes().toByteBuffer(new HeapByteBufferAllocator(), released -> {});
    }
}
